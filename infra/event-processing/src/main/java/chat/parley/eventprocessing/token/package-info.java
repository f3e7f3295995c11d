/** Token stores that add to another one, and what is read of stored tokens. */
@NullMarked
package chat.parley.eventprocessing.token;

import org.jspecify.annotations.NullMarked;
