/** The JSON of stored events, their stored type names, and the upcasters. */
@NullMarked
package chat.parley.eventstore.serialization;

import org.jspecify.annotations.NullMarked;
