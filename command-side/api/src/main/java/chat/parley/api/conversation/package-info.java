/** Commands, events and queries of conversations, and the rules of what a user may see of one. */
@NullMarked
package chat.parley.api.conversation;

import org.jspecify.annotations.NullMarked;
