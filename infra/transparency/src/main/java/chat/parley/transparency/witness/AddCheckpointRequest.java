package chat.parley.transparency.witness;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.ConsistencyProof;
import chat.parley.transparency.tree.Hash;
import java.util.List;

/**
 * Asks a witness to cosign a checkpoint.
 *
 * @param oldSize    the size that the witness cosigned last, as the client believes
 * @param proof      leads from the tree of the old size to the checkpoint's
 */
public record AddCheckpointRequest(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {
    /** The longest request: a note, 63 hashes and the old size. */
    public static final int MAX_BYTES = Note.MAX_BYTES + 4 * 1024;

    private static final String OLD = "old ";

    public AddCheckpointRequest {
        if (oldSize < 0) {
            throw new TransparencyException(Reason.OUT_OF_RANGE, "A tree has no negative size.");
        }
        if (proof.size() > ConsistencyProof.MAX_PATH) {
            throw new TransparencyException(Reason.TOO_LARGE, "A consistency proof has more than 63 hashes.");
        }
        proof = List.copyOf(proof);
    }

    /** Reads the body of a request. */
    public static AddCheckpointRequest parse(byte[] body) {
        StrictText.requireAtMost(MAX_BYTES, body, "A request");
        String text = StrictText.utf8(body);
        int emptyLine = text.indexOf("\n\n");
        if (emptyLine < 0) {
            throw new TransparencyException(Reason.MALFORMED, "A request has no empty line before its checkpoint.");
        }
        List<String> lines = StrictText.lines(text.substring(0, emptyLine + 1));
        if (!lines.get(0).startsWith(OLD)) {
            throw new TransparencyException(Reason.MALFORMED, "A request begins with the old size.");
        }
        if (lines.size() > 1 + ConsistencyProof.MAX_PATH) {
            throw new TransparencyException(Reason.TOO_LARGE, "A consistency proof has more than 63 hashes.");
        }
        return new AddCheckpointRequest(
                StrictText.decimal(lines.get(0).substring(OLD.length())),
                lines.subList(1, lines.size()).stream().map(Hash::fromBase64).toList(),
                SignedCheckpoint.parse(StrictText.utf8(text.substring(emptyLine + 2))));
    }

    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return StrictText.utf8(text.append('\n').append(checkpoint).toString());
    }
}
