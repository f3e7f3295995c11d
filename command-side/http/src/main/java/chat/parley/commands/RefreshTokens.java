package chat.parley.commands;

import chat.parley.api.Refused;
import chat.parley.api.SessionId;
import chat.parley.api.VaultSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes refresh tokens and recognises its own. The vault knows only the newest of a session; that an older one is
 * genuine, so that somebody has used a copy, is known by its MAC. Without it, anybody who knows a session's id could
 * end the session with a made-up token.
 */
final class RefreshTokens {
    private static final int RANDOM_BYTES = 32;
    private static final int MAC_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    RefreshTokens(VaultSecrets secrets) {
        this.key = new SecretKeySpec(secrets.secret("refresh-token"), ALGORITHM);
    }

    RefreshToken next(SessionId session) {
        String signed = session + "." + RandomIds.base64(RANDOM_BYTES);
        return new RefreshToken(session, signed + "." + mac(signed));
    }

    /** Empty for what was not made here. */
    Optional<RefreshToken> parse(String value) {
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
            return Optional.of(new RefreshToken(new SessionId(value.substring(0, firstDot)), value));
        } catch (Refused notAnId) {
            return Optional.empty();
        }
    }

    private String mac(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] full = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, MAC_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
