package chat.parley.audit.log.witness;

import chat.parley.transparency.checkpoint.SignedCheckpoint;
import java.util.Optional;

/** Where the log keeps its checkpoints. */
public interface CheckpointStore {
    /** The newest checkpoint of the log, by whichever node. */
    Optional<SignedCheckpoint> checkpoint();

    Optional<SignedCheckpoint> cosigned();

    void storeCosigned(SignedCheckpoint cosigned);
}
