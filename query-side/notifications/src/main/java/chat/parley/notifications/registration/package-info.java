/** Registrations of devices for notifications. */
@NullMarked
package chat.parley.notifications.registration;

import org.jspecify.annotations.NullMarked;
