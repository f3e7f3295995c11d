/** Sends the log's checkpoints to witnesses, by C2SP's tlog-witness, and gathers their cosignatures. */
@NullMarked
package chat.parley.audit.log.witness;

import org.jspecify.annotations.NullMarked;
