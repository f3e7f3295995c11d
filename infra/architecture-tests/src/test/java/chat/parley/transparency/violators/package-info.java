/** Breaks the walls around this room on purpose; see {@code WallsTest}. */
@NullMarked
package chat.parley.transparency.violators;

import org.jspecify.annotations.NullMarked;
