/** The load generator: a real client of the public protocol. */
@NullMarked
package chat.parley.load;

import org.jspecify.annotations.NullMarked;
