@NullMarked
package chat.parley.dispatch;

import org.jspecify.annotations.NullMarked;
