/** Keys of texts: by author, and by conversation and day; sealing with them, and their destruction on every node. */
@NullMarked
package chat.parley.vault.text;

import org.jspecify.annotations.NullMarked;
