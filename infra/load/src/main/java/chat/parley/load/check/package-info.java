/** Checks of what clients received against what the server stored, and the violations they find. */
@NullMarked
package chat.parley.load.check;

import org.jspecify.annotations.NullMarked;
