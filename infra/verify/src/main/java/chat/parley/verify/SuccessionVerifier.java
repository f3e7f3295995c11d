package chat.parley.verify;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tree.ConsistencyProof;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import chat.parley.transparency.witness.AddCheckpointRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies that a log continues another one, and that it continues it from a head that somebody kept. */
public final class SuccessionVerifier {
    private SuccessionVerifier() {}

    /**
     * Verifies the proof that a checkpoint's first leaf commits to the head of the log before.
     *
     * @throws VerificationException {@link Finding#PREDECESSOR_ALTERED}
     */
    static EpochEntry verify(byte[] file, VerifierKey key) throws VerificationException {
        try {
            LogProof proof = LogProof.parse(file);
            byte[] entry = proof.extra().orElseThrow(() -> altered("It has no entry.", null));
            if (proof.checkpoint().by(key).isEmpty()
                    || !proof.checkpoint().checkpoint().origin().equals(key.name())) {
                throw altered("Its checkpoint is not signed by " + key.name() + ".", null);
            }
            if (proof.inclusion().index() != 0) {
                throw altered("It is of another leaf than the first.", null);
            }
            proof.inclusion()
                    .require(
                            Hash.leaf(entry),
                            proof.checkpoint().checkpoint().head().root());
            return EpochEntry.decode(entry);
        } catch (TransparencyException broken) {
            throw altered(String.valueOf(broken.getMessage()), broken);
        }
    }

    private static VerificationException altered(String detail, @Nullable Throwable cause) {
        return new VerificationException(
                Finding.PREDECESSOR_ALTERED, "The proof of the log before does not verify. " + detail, cause);
    }

    /**
     * A checkpoint of the log before, kept by somebody who trusts nobody.
     *
     * @param key         the key of the log before
     * @param consistency leads from the kept checkpoint to the last head of the log before, as the log serves it; needed
     *     if the kept checkpoint is an earlier one
     */
    public record Kept(SignedCheckpoint checkpoint, VerifierKey key, Optional<byte[]> consistency) {}

    /**
     * Verifies that a log continues the one that the checkpoint is of, and begins where that one had come to.
     *
     * @param proof as the log serves it at {@code /transparency/predecessor}
     * @return the last head of the log before
     */
    public static Checkpoint verify(byte[] proof, VerifierKey key, Kept kept) throws VerificationException {
        Checkpoint last = verify(proof, key).predecessor();
        TreeHead then = kept.checkpoint().checkpoint().head();
        requireSigned(kept.checkpoint(), kept.key());
        if (!last.origin().equals(kept.key().name())) {
            throw new VerificationException(
                    Finding.PREDECESSOR_CONTRADICTED,
                    "The log continues " + last.origin() + ", not " + kept.key().name() + ".");
        }
        if (then.size() > last.head().size()) {
            throw new VerificationException(
                    Finding.PREDECESSOR_CONTRADICTED,
                    "The log before was rolled back: the kept checkpoint has " + then.size()
                            + " events, the head that was" + " continued "
                            + last.head().size() + ".");
        }
        requireConsistent(then, last, kept);
        return last;
    }

    /** @throws VerificationException {@link Finding#CHECKPOINT_ALTERED} unless the log of this key signed it */
    static void requireSigned(SignedCheckpoint kept, VerifierKey key) throws VerificationException {
        try {
            if (kept.by(key).isPresent() && kept.checkpoint().origin().equals(key.name())) {
                return;
            }
        } catch (TransparencyException invalid) {
            throw new VerificationException(
                    Finding.CHECKPOINT_ALTERED, "The kept checkpoint: " + invalid.getMessage(), invalid);
        }
        throw new VerificationException(
                Finding.CHECKPOINT_ALTERED, "The kept checkpoint is not signed by " + key.name() + ".");
    }

    private static void requireConsistent(TreeHead then, Checkpoint last, Kept kept) throws VerificationException {
        try {
            ConsistencyProof proof = then.size() == last.head().size()
                    ? new ConsistencyProof(then.size(), then.size(), List.of())
                    : proof(then, last, kept);
            proof.require(then.root(), last.head().root());
        } catch (TransparencyException contradicted) {
            throw new VerificationException(
                    Finding.PREDECESSOR_CONTRADICTED,
                    "The log continues another history than that of the kept checkpoint. " + contradicted.getMessage(),
                    contradicted);
        }
    }

    private static ConsistencyProof proof(TreeHead then, Checkpoint last, Kept kept) throws VerificationException {
        byte[] file = kept.consistency()
                .orElseThrow(() -> new VerificationException(
                        Finding.PREDECESSOR_CONTRADICTED,
                        "The kept checkpoint has " + then.size() + " events, the head that was continued "
                                + last.head().size() + ". A consistency proof between them is needed."));
        return new ConsistencyProof(
                then.size(),
                last.head().size(),
                AddCheckpointRequest.parse(file).proof());
    }
}
