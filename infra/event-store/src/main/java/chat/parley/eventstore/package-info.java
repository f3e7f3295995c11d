/** Stored events: serialization, text protection, group commit, the feed. */
@NullMarked
package chat.parley.eventstore;

import org.jspecify.annotations.NullMarked;
