/**
 * The transparency log: one leaf for each event, in global order, so that a leaf's index is the event's.
 *
 * <p>{@link chat.parley.audit.log.TransparencyLog} follows the stored events. A flush stores salts, tiles and the signed
 * checkpoint in one transaction, so the log is whole after any crash and continues after its newest checkpoint.
 */
@NullMarked
package chat.parley.audit.log;

import org.jspecify.annotations.NullMarked;
