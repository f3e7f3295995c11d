/** Legal holds over REST. */
@NullMarked
package chat.parley.retention.hold;

import org.jspecify.annotations.NullMarked;
