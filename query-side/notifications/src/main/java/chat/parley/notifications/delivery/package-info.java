/** Sends notifications to Web Push, APNs and FCM. */
@NullMarked
package chat.parley.notifications.delivery;

import org.jspecify.annotations.NullMarked;
