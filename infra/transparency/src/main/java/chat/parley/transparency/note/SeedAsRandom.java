package chat.parley.transparency.note;

import java.security.SecureRandom;

/** Random bytes that are a seed, given out once. */
final class SeedAsRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] seed;
    private boolean used;

    SeedAsRandom(byte[] seed) {
        this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        if (used || bytes.length != seed.length) {
            throw new IllegalStateException("The JDK does not derive this key pair from its seed alone.");
        }
        used = true;
        System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
}
