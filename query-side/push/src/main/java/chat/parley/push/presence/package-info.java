@NullMarked
package chat.parley.push.presence;

import org.jspecify.annotations.NullMarked;
