package chat.parley.projections;

import chat.parley.api.port.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A hash without a key. */
final class PlainHash implements KeyedHash {
    private static final int LENGTH = 32;

    @Override
    public String of(Purpose purpose, String input) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((purpose + "/" + input).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
