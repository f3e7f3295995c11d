/** The event store: PostgreSQL with group commit or Axon Server, serialization and upcasters of events, and the event feed. */
@NullMarked
package chat.parley.eventstore;

import org.jspecify.annotations.NullMarked;
