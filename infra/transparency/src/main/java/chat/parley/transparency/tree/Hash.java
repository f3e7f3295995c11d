package chat.parley.transparency.tree;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A SHA-256 hash: of a leaf, of an inner node, or of a whole tree. */
public final class Hash {
    public static final int BYTES = 32;

    /** Is only copied, which takes a tenth of the time of asking the JDK for a new one. */
    private static final MessageDigest SHA_256 = sha256OfTheJdk();

    /** The root of the tree without leaves. */
    public static final Hash EMPTY_TREE = new Hash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final int BASE64_LENGTH = 44;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new TransparencyException(Reason.MALFORMED, "A hash has 32 bytes, not " + bytes.length + ".");
        }
        return new Hash(bytes.clone());
    }

    /** Reads a hash out of a longer array. */
    public static Hash at(byte[] bytes, int offset) {
        return of(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    public static Hash fromBase64(String text) {
        if (text.length() != BASE64_LENGTH) {
            throw new TransparencyException(Reason.MALFORMED, "A hash in base64 has 44 characters.");
        }
        return of(StrictText.base64(text));
    }

    /** The hash of an entry as a leaf of the tree. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    /** The hash of the inner node over two subtrees. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** The plain SHA-256 of some bytes, which is no hash of a tree. */
    public static Hash plain(byte[] bytes) {
        return new Hash(sha256().digest(bytes));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public void writeTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    public String toBase64() {
        return StrictText.base64(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own SHA-256 can be copied.", e);
        }
    }

    private static MessageDigest sha256OfTheJdk() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
