/** Commands, events and queries of a user's private state in conversations: inbox, read marks and preferences. */
@NullMarked
package chat.parley.api.inbox;

import org.jspecify.annotations.NullMarked;
