package chat.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.KeyedHash;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The real algorithm; the key of each purpose is its public name. */
public final class FakeKeyedHash implements KeyedHash {
    private static final int BYTES = 24;

    @Override
    public String of(Purpose purpose, String input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(purpose.name().getBytes(UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(input.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
