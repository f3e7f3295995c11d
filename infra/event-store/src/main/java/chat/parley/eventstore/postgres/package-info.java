/** The event store in PostgreSQL: group commit by one writer, reads, and the buffer of the newest events. */
@NullMarked
package chat.parley.eventstore.postgres;

import org.jspecify.annotations.NullMarked;
