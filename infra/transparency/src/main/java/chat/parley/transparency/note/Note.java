package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures.
 *
 * @param text       what is signed, with its last newline
 * @param signatures in the order of their lines; at least one
 */
public record Note(String text, List<NoteSignature> signatures) {
    /** Room for 64 signatures by ML-DSA-44 with long names, and a text. */
    public static final int MAX_BYTES = 256 * 1024;

    public static final int MAX_SIGNATURES = 64;

    private static final String SEPARATOR = "\n\n";
    private static final int FIRST_PRINTABLE = 0x20;

    public Note {
        requireText(text);
        if (signatures.isEmpty()) {
            throw new TransparencyException(Reason.MALFORMED, "A note has no signature.");
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw new TransparencyException(
                    Reason.TOO_LARGE, "A note has " + signatures.size() + " signatures; the most is 64.");
        }
        signatures = List.copyOf(signatures);
    }

    public static Note parse(byte[] bytes) {
        StrictText.requireAtMost(MAX_BYTES, bytes, "A note");
        String all = StrictText.utf8(bytes);
        int separator = all.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw new TransparencyException(Reason.MALFORMED, "A note has no empty line before its signatures.");
        }
        String text = all.substring(0, separator + 1);
        return new Note(text, parseSignatures(all.substring(separator + SEPARATOR.length())));
    }

    /** Reads signature lines, each with its newline. */
    public static List<NoteSignature> parseSignatures(String lines) {
        return StrictText.lines(lines).stream().map(NoteSignature::parse).toList();
    }

    /** Verifies this note by its text's Ed25519 signatures alone. */
    public void requireSignedBy(VerifierKey key) {
        if (key.type() != SignatureType.ED25519) {
            throw new TransparencyException(
                    Reason.KEY_INVALID, "The key " + key.name() + " signs checkpoints, not notes.");
        }
        List<NoteSignature> candidates = key.signaturesOn(this);
        if (candidates.isEmpty()) {
            throw new TransparencyException(Reason.SIGNER_UNKNOWN, "The note is not signed by " + key.name() + ".");
        }
        byte[] message = StrictText.utf8(text);
        for (NoteSignature candidate : candidates) {
            if (!key.verifies(message, candidate.signature())) {
                throw new TransparencyException(
                        Reason.SIGNATURE_INVALID, "The signature by " + key.name() + " does not verify.");
            }
        }
    }

    public Note with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    public byte[] toBytes() {
        return StrictText.utf8(toString());
    }

    /** The note as it is stored and sent. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw new TransparencyException(Reason.MALFORMED, "The text of a note ends with a newline.");
        }
        if (text.chars().anyMatch(character -> character < FIRST_PRINTABLE && character != '\n')) {
            throw new TransparencyException(Reason.MALFORMED, "A note contains a control character.");
        }
    }
}
