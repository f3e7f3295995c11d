/** The events as PostgreSQL and Axon Server store them, for those who prove the history instead of interpreting it. */
@NullMarked
package chat.parley.eventstore.raw;

import org.jspecify.annotations.NullMarked;
