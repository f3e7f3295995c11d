/**
 * The dependency rules of all modules. A class in a package {@code violators} violates the rules of the package above it
 * on purpose; see {@code WallsTest}.
 */
@NullMarked
package chat.parley.architecture;

import org.jspecify.annotations.NullMarked;
