/** PostgreSQL and a MongoDB-compatible server without Docker. */
@NullMarked
package chat.parley.embedded;

import org.jspecify.annotations.NullMarked;
