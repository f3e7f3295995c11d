/** The push services and the addresses that devices have there. */
@NullMarked
package chat.parley.notifications.address;

import org.jspecify.annotations.NullMarked;
