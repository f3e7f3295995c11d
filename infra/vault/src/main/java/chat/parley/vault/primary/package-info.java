/** Connections to the PostgreSQL server that takes writes, of several that replicate one another. */
@NullMarked
package chat.parley.vault.primary;

import org.jspecify.annotations.NullMarked;
