package chat.parley.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.VaultSecrets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256. The key of each purpose is the HMAC of the purpose's name under a secret of the vault. */
public final class HmacKeyedHash implements KeyedHash {
    private static final String SECRET = "keyed-hash";
    private static final String ALGORITHM = "HmacSHA256";

    /** 192 bits, which are 32 characters and make collisions infeasible. */
    private static final int BYTES = 24;

    /** Prepared instances, which are only copied, because creating one takes nearly as long as hashing. */
    private final Map<Purpose, Mac> keyed = new EnumMap<>(Purpose.class);

    public HmacKeyedHash(VaultSecrets secrets) {
        Mac master = keyed(secrets.secret(SECRET));
        for (Purpose purpose : Purpose.values()) {
            keyed.put(purpose, keyed(hmac(master, "parley/" + purpose.name())));
        }
    }

    @Override
    public String of(Purpose purpose, String input) {
        Mac mac = keyed.get(purpose);
        if (mac == null) {
            throw new IllegalArgumentException("There is no key for " + purpose);
        }
        byte[] hash = Arrays.copyOf(hmac(mac, input), BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }

    private static byte[] hmac(Mac keyed, String input) {
        try {
            return ((Mac) keyed.clone()).doFinal(input.getBytes(UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This JVM cannot copy a " + ALGORITHM, e);
        }
    }
}
