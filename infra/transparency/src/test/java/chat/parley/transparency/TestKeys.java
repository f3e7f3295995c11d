package chat.parley.transparency;

import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import java.security.SecureRandom;
import java.util.Arrays;

/** Keys that are the same in every run. */
public final class TestKeys {
    public static final String ORIGIN = "parley.example/log";
    public static final SigningKey LOG = key(ORIGIN, SignatureType.ED25519, 1);
    public static final SigningKey WITNESS = key("witness.example/w1", SignatureType.ED25519_COSIGNATURE, 2);
    public static final SigningKey OTHER_WITNESS = key("witness.example/w2", SignatureType.ED25519_COSIGNATURE, 3);
    public static final SigningKey THIRD_WITNESS = key("witness.example/w3", SignatureType.ED25519_COSIGNATURE, 4);

    private TestKeys() {}

    public static SigningKey key(String name, SignatureType type, int number) {
        return SigningKey.generate(name, type, new Repeated((byte) number));
    }

    /** Whether this Java runtime has ML-DSA-44. */
    public static boolean hasMlDsa() {
        return Runtime.version().feature() >= 24;
    }

    private static final class Repeated extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte value;

        Repeated(byte value) {
            this.value = value;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, value);
        }
    }
}
