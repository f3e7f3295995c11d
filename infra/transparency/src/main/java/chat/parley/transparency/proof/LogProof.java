package chat.parley.transparency.proof;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.policy.TrustedCheckpoint;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.InclusionProof;
import chat.parley.transparency.tree.TreeHead;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proves that an entry is in a log whose checkpoint witnesses have seen; a file {@code .tlog-proof}. */
public final class LogProof {
    /** The longest extra data. */
    public static final int MAX_EXTRA = 64 * 1024;

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_LINES = 3 + InclusionProof.MAX_PATH;

    /** Extra data in base64, the other lines, and the checkpoint. */
    private static final int MAX_BYTES = MAX_EXTRA / 3 * 4 + 4 * 1024 + Note.MAX_BYTES;

    private final byte @Nullable [] extra;
    private final InclusionProof inclusion;
    private final SignedCheckpoint checkpoint;

    private LogProof(byte @Nullable [] extra, InclusionProof inclusion, SignedCheckpoint checkpoint) {
        this.extra = extra;
        this.inclusion = inclusion;
        this.checkpoint = checkpoint;
    }

    public static LogProof of(InclusionProof inclusion, SignedCheckpoint checkpoint) {
        if (inclusion.size() != checkpoint.checkpoint().head().size()) {
            throw new TransparencyException(Reason.PROOF_INVALID, "The proof is for a tree of another size.");
        }
        return new LogProof(null, inclusion, checkpoint);
    }

    /** The same proof with data of the application, which nothing authenticates. */
    public LogProof withExtra(byte[] data) {
        StrictText.requireAtMost(MAX_EXTRA, data, "The extra data");
        return new LogProof(data.clone(), inclusion, checkpoint);
    }

    public static LogProof parse(byte[] bytes) {
        StrictText.requireAtMost(MAX_BYTES, bytes, "A proof");
        String text = StrictText.utf8(bytes);
        int emptyLine = text.indexOf("\n\n");
        if (emptyLine < 0) {
            throw new TransparencyException(Reason.MALFORMED, "A proof has no empty line before its checkpoint.");
        }
        List<String> lines = StrictText.lines(text.substring(0, emptyLine + 1));
        if (lines.size() > MAX_LINES) {
            throw new TransparencyException(Reason.TOO_LARGE, "A proof has more than 63 hashes.");
        }
        if (!lines.get(0).equals(FIRST_LINE)) {
            throw new TransparencyException(Reason.MALFORMED, "A proof begins with c2sp.org/tlog-proof@v1.");
        }
        byte @Nullable [] extra = null;
        int next = 1;
        if (lines.size() > next && lines.get(next).startsWith(EXTRA)) {
            extra = StrictText.base64(lines.get(next).substring(EXTRA.length()));
            StrictText.requireAtMost(MAX_EXTRA, extra, "The extra data");
            next++;
        }
        if (lines.size() == next || !lines.get(next).startsWith(INDEX)) {
            throw new TransparencyException(Reason.MALFORMED, "A proof has no line with the index of its entry.");
        }
        long index = StrictText.decimal(lines.get(next).substring(INDEX.length()));
        List<Hash> path = lines.subList(next + 1, lines.size()).stream()
                .map(Hash::fromBase64)
                .toList();
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(StrictText.utf8(text.substring(emptyLine + 2)));
        TreeHead head = checkpoint.checkpoint().head();
        return new LogProof(extra, new InclusionProof(index, head.size(), path), checkpoint);
    }

    /** Verifies everything: that the policy trusts the checkpoint, and that the leaf is in its tree. */
    public TrustedCheckpoint verify(Hash leaf, Policy policy) {
        TrustedCheckpoint trusted = policy.verify(checkpoint);
        inclusion.require(leaf, trusted.checkpoint().head().root());
        return trusted;
    }

    public InclusionProof inclusion() {
        return inclusion;
    }

    public SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    public Optional<byte[]> extra() {
        return Optional.ofNullable(extra).map(byte[]::clone);
    }

    public byte[] toBytes() {
        return StrictText.utf8(toString());
    }

    /** The proof as it is stored and sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(StrictText.base64(extra)).append('\n');
        }
        text.append(INDEX).append(inclusion.index()).append('\n');
        inclusion.path().forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
