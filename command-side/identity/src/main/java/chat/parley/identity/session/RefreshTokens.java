package chat.parley.identity.session;

import chat.parley.api.RandomValues;
import chat.parley.api.Refused;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.port.VaultSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes refresh tokens and recognises them by their MAC. The vault holds only the newest token of a session, so only
 * the MAC shows that an older token is genuine and therefore that a copy was used. Without the MAC, anybody who knows a
 * session id could end the session with a forged token. The successor of a token is derived from it with a secret, so a
 * repeated request gets the same answer without the answer being stored.
 */
public final class RefreshTokens {
    private static final int RANDOM_BYTES = 32;
    private static final int MAC_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final SecretKeySpec successors;

    RefreshTokens(VaultSecrets secrets) {
        this.key = new SecretKeySpec(secrets.secret("refresh-token"), ALGORITHM);
        this.successors = new SecretKeySpec(secrets.secret("refresh-token-successor"), ALGORITHM);
    }

    public RefreshToken first(LoginSessionId session) {
        return signed(session, RandomValues.text(RANDOM_BYTES));
    }

    public RefreshToken after(RefreshToken token) {
        return signed(token.session(), BASE64.encodeToString(hmac(successors, token.value())));
    }

    private RefreshToken signed(LoginSessionId session, String secret) {
        String signed = session + "." + secret;
        return new RefreshToken(session, signed + "." + mac(signed));
    }

    /** Empty if the token was not issued here. */
    public Optional<RefreshToken> parse(String value) {
        int lastDot = value.lastIndexOf('.');
        int firstDot = value.indexOf('.');
        if (firstDot < 0 || firstDot == lastDot) {
            return Optional.empty();
        }
        byte[] expected = mac(value.substring(0, lastDot)).getBytes(StandardCharsets.UTF_8);
        byte[] claimed = value.substring(lastDot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, claimed)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RefreshToken(new LoginSessionId(value.substring(0, firstDot)), value));
        } catch (Refused notAnId) {
            return Optional.empty();
        }
    }

    private String mac(String signed) {
        return BASE64.encodeToString(Arrays.copyOf(hmac(key, signed), MAC_BYTES));
    }

    private static byte[] hmac(SecretKeySpec key, String input) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
