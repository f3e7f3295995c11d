/** The event stream as processors read it: its head, its batches, and the wait for a processor's progress. */
@NullMarked
package chat.parley.eventprocessing.stream;

import org.jspecify.annotations.NullMarked;
