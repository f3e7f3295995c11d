/**
 * The witness protocol, as C2SP's tlog-witness defines it, without HTTP: the texts of add-checkpoint, and what a witness
 * does with them.
 */
@NullMarked
package chat.parley.transparency.witness;

import org.jspecify.annotations.NullMarked;
