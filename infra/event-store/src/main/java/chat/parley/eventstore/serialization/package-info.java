@NullMarked
package chat.parley.eventstore.serialization;

import org.jspecify.annotations.NullMarked;
