@NullMarked
package chat.parley.embedded.process;

import org.jspecify.annotations.NullMarked;
