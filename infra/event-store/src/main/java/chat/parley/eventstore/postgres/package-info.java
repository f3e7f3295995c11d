@NullMarked
package chat.parley.eventstore.postgres;

import org.jspecify.annotations.NullMarked;
