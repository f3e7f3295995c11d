/** Fixtures that the tests of several modules share. */
@NullMarked
package chat.parley.testing;

import org.jspecify.annotations.NullMarked;
