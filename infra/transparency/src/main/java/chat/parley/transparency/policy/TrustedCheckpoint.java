package chat.parley.transparency.policy;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.VerifiedSignature;
import java.util.List;

/**
 * A checkpoint that a policy accepted.
 *
 * @param log           the log's own signature
 * @param cosignatures those of the policy's witnesses, in the policy's order; perhaps more than its quorum needs
 */
public record TrustedCheckpoint(Checkpoint checkpoint, VerifiedSignature log, List<VerifiedSignature> cosignatures) {
    public TrustedCheckpoint {
        cosignatures = List.copyOf(cosignatures);
    }
}
