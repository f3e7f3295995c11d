package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** One signature line of a note. */
public final class NoteSignature {
    private static final String DASH = "\u2014 ";
    private static final int ID_BYTES = Integer.BYTES;

    private final String name;
    private final int keyId;
    private final byte[] signature;

    /**
     * A signature by a named key.
     *
     * @param signature what follows the key id: the signature itself, after a timestamp if the type has one
     */
    public NoteSignature(String name, int keyId, byte[] signature) {
        if (signature.length == 0) {
            throw new TransparencyException(Reason.MALFORMED, "A signature is empty.");
        }
        this.name = KeyName.require(name);
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /** Reads a line without its newline. */
    public static NoteSignature parse(String line) {
        if (!line.startsWith(DASH)) {
            throw new TransparencyException(Reason.MALFORMED, "A signature line begins with an em dash and a space.");
        }
        int space = line.indexOf(' ', DASH.length());
        if (space < 0) {
            throw new TransparencyException(Reason.MALFORMED, "A signature line is a key name and a signature.");
        }
        byte[] bytes = StrictText.base64(line.substring(space + 1));
        if (bytes.length <= ID_BYTES) {
            throw new TransparencyException(Reason.MALFORMED, "A signature is shorter than a key id.");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /** The line with its newline. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + " " + StrictText.base64(bytes) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && keyId == that.keyId
                && name.equals(that.name)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(keyId);
    }
}
