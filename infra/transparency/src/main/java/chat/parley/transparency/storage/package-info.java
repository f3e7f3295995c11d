/** Files that survive a crash whole or not at all. */
@NullMarked
package chat.parley.transparency.storage;

import org.jspecify.annotations.NullMarked;
