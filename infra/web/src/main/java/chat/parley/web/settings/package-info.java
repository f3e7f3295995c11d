/** Settings that several packages of the server and other modules read. */
@NullMarked
package chat.parley.web.settings;

import org.jspecify.annotations.NullMarked;
