/** Interfaces that one module implements and another uses. */
@NullMarked
package chat.parley.api.port;

import org.jspecify.annotations.NullMarked;
