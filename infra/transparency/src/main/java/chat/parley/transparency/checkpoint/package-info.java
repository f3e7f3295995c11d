/** Checkpoints and their cosignatures, as C2SP's tlog-checkpoint and tlog-cosignature define them. */
@NullMarked
package chat.parley.transparency.checkpoint;

import org.jspecify.annotations.NullMarked;
