@NullMarked
package chat.parley.vault;

import org.jspecify.annotations.NullMarked;
