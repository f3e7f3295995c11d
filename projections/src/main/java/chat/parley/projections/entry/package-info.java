/** Queries for entries, as the member who asks sees them, and for messages by their client message ids. */
@NullMarked
package chat.parley.projections.entry;

import org.jspecify.annotations.NullMarked;
