/**
 * The runtime of all modules that follow the event stream, on top of Axon's streaming processors and token stores. The
 * modules themselves only define where pointer and tokens are stored, how a batch is written, and which counts are
 * compared. It also contains the client with which modules query read models.
 */
@NullMarked
package chat.parley.eventprocessing;

import org.jspecify.annotations.NullMarked;
