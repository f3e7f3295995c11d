/** Cached aggregates on a node that is one of several. */
@NullMarked
package chat.parley.eventstore.aggregate;

import org.jspecify.annotations.NullMarked;
