package chat.parley.transparency.checkpoint;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/** Signs and verifies checkpoints with keys of each type. */
final class CheckpointSignatures {
    private static final byte[] SUBTREE_LABEL = StrictText.utf8("subtree/v1\n\0");

    private CheckpointSignatures() {}

    static NoteSignature sign(Checkpoint checkpoint, SigningKey key, long epochSecond) {
        if (key.verifier().type() == SignatureType.ED25519) {
            return key.sign(checkpoint.text());
        }
        if (epochSecond <= 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A cosignature has a time after 1970.");
        }
        byte[] signature = key.signRaw(message(checkpoint, key.verifier(), epochSecond));
        byte[] timestamped = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(epochSecond)
                .put(signature)
                .array();
        return new NoteSignature(key.verifier().name(), key.verifier().id(), timestamped);
    }

    /** Verifies a signature that is under the key's name and id. */
    static VerifiedSignature verify(Checkpoint checkpoint, VerifierKey key, NoteSignature signature) {
        byte[] bytes = signature.signature();
        if (key.type() == SignatureType.ED25519) {
            require(key, key.verifies(StrictText.utf8(checkpoint.text()), bytes));
            return new VerifiedSignature(key, OptionalLong.empty());
        }
        if (bytes.length < Long.BYTES) {
            throw new TransparencyException(
                    Reason.SIGNATURE_INVALID, "The cosignature by " + key.name() + " has no time.");
        }
        long epochSecond = ByteBuffer.wrap(bytes).getLong();
        require(key, epochSecond >= 0);
        require(
                key,
                key.verifies(
                        message(checkpoint, key, epochSecond), Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
        return new VerifiedSignature(key, OptionalLong.of(epochSecond));
    }

    private static void require(VerifierKey key, boolean verified) {
        if (!verified) {
            throw new TransparencyException(
                    Reason.SIGNATURE_INVALID, "The signature by " + key.name() + " does not verify.");
        }
    }

    private static byte[] message(Checkpoint checkpoint, VerifierKey key, long epochSecond) {
        if (key.type() == SignatureType.ED25519_COSIGNATURE) {
            return StrictText.utf8("cosignature/v1\ntime " + epochSecond + "\n" + checkpoint.text());
        }
        return subtree(checkpoint, key.name(), epochSecond);
    }

    /** The structure {@code cosigned_message} of tlog-cosignature, for the whole tree. */
    private static byte[] subtree(Checkpoint checkpoint, String cosigner, long epochSecond) {
        byte[] name = StrictText.utf8(cosigner);
        byte[] origin = StrictText.utf8(checkpoint.origin());
        int length =
                SUBTREE_LABEL.length + 1 + name.length + Long.BYTES + 1 + origin.length + 2 * Long.BYTES + Hash.BYTES;
        return ByteBuffer.allocate(length)
                .put(SUBTREE_LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(epochSecond)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.head().size())
                .put(checkpoint.head().root().toBytes())
                .array();
    }
}
