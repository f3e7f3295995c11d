/**
 * REST endpoints that change something. Each sub-package has the endpoints of one subject and a configuration that
 * lists them.
 */
@NullMarked
package chat.parley.command.http;

import org.jspecify.annotations.NullMarked;
