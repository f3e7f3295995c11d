/** Conversations of tests: their stored events, and what members read of them. */
@NullMarked
package chat.parley.testing.conversation;

import org.jspecify.annotations.NullMarked;
