/** A PostgreSQL that is replicated to another one. */
@NullMarked
package chat.parley.testing.replication;

import org.jspecify.annotations.NullMarked;
