/** Asking read models. */
@NullMarked
package chat.parley.eventprocessing.query;

import org.jspecify.annotations.NullMarked;
