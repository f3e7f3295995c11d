/** Violates the dependency rules of this package on purpose; see {@code WallsTest}. */
@NullMarked
package chat.parley.backup.violators;

import org.jspecify.annotations.NullMarked;
