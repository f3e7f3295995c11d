/** Conversations as they stood at a moment, what changed between two moments, and who could read a message. */
@NullMarked
package chat.parley.audit.conversation;

import org.jspecify.annotations.NullMarked;
