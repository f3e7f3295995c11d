/** The one Spring Boot application: it wires the rooms together and decides nothing else. */
@NullMarked
package chat.parley.app;

import org.jspecify.annotations.NullMarked;
