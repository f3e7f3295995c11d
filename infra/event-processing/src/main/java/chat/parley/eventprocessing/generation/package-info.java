/** Generations of a read model: one is served, the next is filled beside it, verified, and then served instead. */
@NullMarked
package chat.parley.eventprocessing.generation;

import org.jspecify.annotations.NullMarked;
