@NullMarked
package chat.parley.architecture;

import org.jspecify.annotations.NullMarked;
