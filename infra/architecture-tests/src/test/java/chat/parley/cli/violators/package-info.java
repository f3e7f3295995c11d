/** Violates the dependency rules of this package on purpose; see {@code WallsTest}. */
@NullMarked
package chat.parley.cli.violators;

import org.jspecify.annotations.NullMarked;
