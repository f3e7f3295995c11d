/** PostgreSQL as a child process. */
@NullMarked
package chat.parley.embedded.postgres;

import org.jspecify.annotations.NullMarked;
