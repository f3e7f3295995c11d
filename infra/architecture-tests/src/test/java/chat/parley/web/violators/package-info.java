/** Breaks the walls around this room on purpose; see {@code WallsTest}. */
@NullMarked
package chat.parley.web.violators;

import org.jspecify.annotations.NullMarked;
