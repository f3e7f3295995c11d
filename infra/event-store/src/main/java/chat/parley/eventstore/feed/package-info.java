@NullMarked
package chat.parley.eventstore.feed;

import org.jspecify.annotations.NullMarked;
