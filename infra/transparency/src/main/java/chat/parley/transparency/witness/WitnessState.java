package chat.parley.transparency.witness;

import chat.parley.transparency.checkpoint.SignedCheckpoint;
import java.util.Optional;

/**
 * What a witness remembers. Failures of the storage are {@link java.io.UncheckedIOException}s. A log has to be enrolled
 * once: then a record that is lost is told from a log that was never witnessed.
 */
public interface WitnessState {
    /**
     * The checkpoint that was cosigned last; none if the log is enrolled and no checkpoint has been cosigned. A log
     * without a record is refused as {@link chat.parley.transparency.Reason#STATE_MISSING}.
     */
    Optional<SignedCheckpoint> latest(String origin);

    /**
     * Replaces the record of a log if it is still the expected one, in one step for all threads and processes, and
     * durably when this returns.
     *
     * @return false if the record is another one
     */
    boolean replace(String origin, Optional<SignedCheckpoint> expected, SignedCheckpoint next);
}
