/** Decides who is notified of a message, and queues the notifications. */
@NullMarked
package chat.parley.notifications.decision;

import org.jspecify.annotations.NullMarked;
