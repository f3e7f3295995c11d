/** What the places on the way of a message tell a tracer. */
@NullMarked
package chat.parley.api.tracing;

import org.jspecify.annotations.NullMarked;
