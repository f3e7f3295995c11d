/** Breaks the walls around this room on purpose; see {@code WallsTest}. */
@NullMarked
package chat.parley.web.violators.circle;

import org.jspecify.annotations.NullMarked;
