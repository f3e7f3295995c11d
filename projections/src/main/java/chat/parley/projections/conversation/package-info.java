/** Conversations: folds their events, and writes and reads their entries, edits, retractions, pins and mentions. */
@NullMarked
package chat.parley.projections.conversation;

import org.jspecify.annotations.NullMarked;
