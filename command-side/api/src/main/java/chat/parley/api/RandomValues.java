package chat.parley.api;

import java.security.SecureRandom;
import java.util.Base64;

/** Random bytes from a cryptographically strong generator. */
public final class RandomValues {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomValues() {}

    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Random bytes as URL-safe Base64. */
    public static String text(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
    }
}
