package chat.parley.transparency.entry;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Sixteen random bytes that keep the entry of a guessable event from being guessed. */
public final class Salt {
    public static final int BYTES = 16;

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Salt of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new TransparencyException(Reason.MALFORMED, "A salt has 16 bytes, not " + bytes.length + ".");
        }
        return new Salt(bytes.clone());
    }

    public static Salt random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(bytes, salt.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Does not contain the salt, which erasure makes unknown. */
    @Override
    public String toString() {
        return "Salt";
    }
}
