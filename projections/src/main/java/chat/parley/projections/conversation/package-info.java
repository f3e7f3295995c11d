/** Conversations: writes and queries entries, with their pages, edits, retractions, pins and mentions. */
@NullMarked
package chat.parley.projections.conversation;

import org.jspecify.annotations.NullMarked;
