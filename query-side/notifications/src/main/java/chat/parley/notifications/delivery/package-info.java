@NullMarked
package chat.parley.notifications.delivery;

import org.jspecify.annotations.NullMarked;
