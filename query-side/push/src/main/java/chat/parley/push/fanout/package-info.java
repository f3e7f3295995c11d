@NullMarked
package chat.parley.push.fanout;

import org.jspecify.annotations.NullMarked;
