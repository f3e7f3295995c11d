/** The event feed over Axon's event store API, and the lookup of single entries. */
@NullMarked
package chat.parley.eventstore.feed;

import org.jspecify.annotations.NullMarked;
