@NullMarked
package chat.parley.push.socket;

import org.jspecify.annotations.NullMarked;
