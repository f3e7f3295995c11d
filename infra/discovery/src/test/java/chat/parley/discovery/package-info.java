@NullMarked
package chat.parley.discovery;

import org.jspecify.annotations.NullMarked;
