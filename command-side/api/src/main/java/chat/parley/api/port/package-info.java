/**
 * Interfaces that one module implements and another uses. They speak in the types of the other packages, which know
 * nothing of ports.
 */
@NullMarked
package chat.parley.api.port;

import org.jspecify.annotations.NullMarked;
