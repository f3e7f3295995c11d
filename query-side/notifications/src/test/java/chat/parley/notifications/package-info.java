@NullMarked
package chat.parley.notifications;

import org.jspecify.annotations.NullMarked;
