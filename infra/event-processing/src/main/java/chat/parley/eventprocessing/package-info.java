/**
 * The runtime of all who follow the event stream. Axon's streaming processors and token stores stay underneath; readers on
 * top keep their own rules only: where pointer and tokens are stored, how a batch is written, which counts are compared.
 */
@NullMarked
package chat.parley.eventprocessing;

import org.jspecify.annotations.NullMarked;
