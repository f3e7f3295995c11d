/** Token stores that extend another one, and the progress that stored tokens contain. */
@NullMarked
package chat.parley.eventprocessing.token;

import org.jspecify.annotations.NullMarked;
