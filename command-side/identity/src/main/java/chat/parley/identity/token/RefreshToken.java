package chat.parley.identity.token;

import chat.parley.api.account.LoginSessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What renews a session, by its successor. Clients see an opaque string; the vault keeps only its hash.
 *
 * @param value the session, a random part, and a MAC by which a token of ours is told from one made up
 */
public record RefreshToken(LoginSessionId session, String value) {
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RefreshToken[session=" + session + "]";
    }
}
