package chat.parley.eventstore;

import java.security.SecureRandom;
import java.util.Base64;

/** Random bytes that nobody can guess. */
final class RandomValues {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomValues() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** As URL-safe Base64. */
    static String text(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(bytes));
    }
}
