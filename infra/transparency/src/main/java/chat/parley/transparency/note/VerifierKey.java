package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A named public key. Its text form is signed-note's vkey. */
public final class VerifierKey {
    private static final int MAX_TEXT = 4096;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

    private final String name;
    private final SignatureType type;
    private final byte[] publicKey;
    private final int id;

    private VerifierKey(String name, SignatureType type, byte[] publicKey) {
        this.name = name;
        this.type = type;
        this.publicKey = publicKey;
        this.id = id(name, type, publicKey);
    }

    public static VerifierKey of(String name, SignatureType type, byte[] publicKey) {
        if (publicKey.length != type.algorithm().publicKeyBytes()) {
            throw new TransparencyException(
                    Reason.KEY_INVALID,
                    "A public key of type " + type + " has " + type.algorithm().publicKeyBytes() + " bytes, not "
                            + publicKey.length + ".");
        }
        return new VerifierKey(KeyName.require(name), type, publicKey.clone());
    }

    public static VerifierKey parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new TransparencyException(Reason.TOO_LARGE, "A verifier key has at most 4,096 characters.");
        }
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new TransparencyException(
                    Reason.MALFORMED, "A verifier key is a name, an id and a key, with plus signs.");
        }
        byte[] typed = StrictText.base64(parts[2]);
        if (typed.length == 0) {
            throw new TransparencyException(Reason.MALFORMED, "A verifier key has no signature type.");
        }
        VerifierKey key = of(parts[0], SignatureType.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        key.requireId(parts[1]);
        return key;
    }

    void requireId(String hex) {
        if (!ID.matcher(hex).matches()) {
            throw new TransparencyException(Reason.MALFORMED, "A key id is 8 lowercase hex digits.");
        }
        if (HexFormat.fromHexDigits(hex) != id) {
            throw new TransparencyException(
                    Reason.KEY_INVALID, "The key " + name + " has the id " + idText() + ", not " + hex + ".");
        }
    }

    public String name() {
        return name;
    }

    public int id() {
        return id;
    }

    public SignatureType type() {
        return type;
    }

    /** Whether both have the same key material, whatever their names and types are. */
    public boolean wrapsSameKeyAs(VerifierKey other) {
        return Arrays.equals(publicKey, other.publicKey);
    }

    /** Verifies a plain signature; what the message is depends on the type. */
    public boolean verifies(byte[] message, byte[] signature) {
        return type.algorithm().verifies(publicKey, message, signature);
    }

    /** The signatures under this key's name and id. */
    public List<NoteSignature> signaturesOn(Note note) {
        return note.signatures().stream()
                .filter(signature -> signature.keyId() == id && signature.name().equals(name))
                .toList();
    }

    String idText() {
        return HexFormat.of().toHexDigits(id);
    }

    private static int id(String name, SignatureType type, byte[] publicKey) {
        byte[] utf8 = StrictText.utf8(name);
        ByteBuffer hashed = ByteBuffer.allocate(utf8.length + 2 + publicKey.length);
        hashed.put(utf8).put((byte) '\n').put(type.identifier()).put(publicKey);
        return ByteBuffer.wrap(Hash.plain(hashed.array()).toBytes()).getInt();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && type == key.type
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return id;
    }

    /** The vkey. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = type.identifier();
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return name + "+" + idText() + "+" + StrictText.base64(typed);
    }
}
