/** Whose read models are: what nodes know of the installation, and of each other as owners of segments. */
@NullMarked
package chat.parley.eventprocessing.sharing;

import org.jspecify.annotations.NullMarked;
