/** The Spring Boot application, which only connects the modules. */
@NullMarked
package chat.parley.app;

import org.jspecify.annotations.NullMarked;
