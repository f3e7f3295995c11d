package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.text.StrictText;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A named private key. Its text form is {@code PRIVATE+KEY+<name>+<id>+<base64 of type and 32-byte seed>}, which Go's
 * {@code sumdb/note} has for Ed25519. {@link #toString()} does not contain the secret.
 */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int MAX_TEXT = 512;

    private final VerifierKey verifier;
    private final PrivateKey privateKey;
    private final byte[] seed;

    private SigningKey(VerifierKey verifier, PrivateKey privateKey, byte[] seed) {
        this.verifier = verifier;
        this.privateKey = privateKey;
        this.seed = seed;
    }

    public static SigningKey generate(String name, SignatureType type, SecureRandom random) {
        byte[] seed = new byte[Algorithm.SEED_BYTES];
        random.nextBytes(seed);
        return of(name, type, seed);
    }

    private static SigningKey of(String name, SignatureType type, byte[] seed) {
        KeyPair pair = type.algorithm().keyPair(seed);
        VerifierKey verifier = VerifierKey.of(name, type, type.algorithm().encode(pair.getPublic()));
        return new SigningKey(verifier, pair.getPrivate(), seed);
    }

    public static SigningKey parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new TransparencyException(Reason.TOO_LARGE, "A signing key has at most 512 characters.");
        }
        if (!text.startsWith(PREFIX)) {
            throw new TransparencyException(Reason.MALFORMED, "A signing key begins with PRIVATE+KEY+.");
        }
        String[] parts = text.substring(PREFIX.length()).split("\\+", 3);
        if (parts.length != 3) {
            throw new TransparencyException(
                    Reason.MALFORMED, "A signing key is a name, an id and a key, with plus signs.");
        }
        byte[] typed = StrictText.base64(parts[2]);
        if (typed.length != 1 + Algorithm.SEED_BYTES) {
            throw new TransparencyException(Reason.KEY_INVALID, "A signing key is a type and 32 bytes.");
        }
        SigningKey key = of(parts[0], SignatureType.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        key.verifier.requireId(parts[1]);
        return key;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs the text of a note, which only keys of type {@link SignatureType#ED25519} do. */
    public NoteSignature sign(String text) {
        if (verifier.type() != SignatureType.ED25519) {
            throw new TransparencyException(
                    Reason.KEY_INVALID, "The key " + verifier.name() + " signs checkpoints, not notes.");
        }
        return new NoteSignature(verifier.name(), verifier.id(), signRaw(StrictText.utf8(text)));
    }

    /** A plain signature; what the message is depends on the type. */
    public byte[] signRaw(byte[] message) {
        return verifier.type().algorithm().sign(privateKey, message);
    }

    /** The text form, with the secret. */
    public String secretText() {
        byte[] typed = new byte[1 + seed.length];
        typed[0] = verifier.type().identifier();
        System.arraycopy(seed, 0, typed, 1, seed.length);
        return PREFIX + verifier.name() + "+" + verifier.idText() + "+" + StrictText.base64(typed);
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
