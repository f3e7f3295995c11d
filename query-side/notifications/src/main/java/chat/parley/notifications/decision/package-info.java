@NullMarked
package chat.parley.notifications.decision;

import org.jspecify.annotations.NullMarked;
