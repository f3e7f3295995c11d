package chat.parley.identity.session;

import chat.parley.api.account.LoginSessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A token that renews a session and is replaced by its successor. For clients it is opaque; the vault holds only its
 * hash.
 *
 * @param value the session id, a random part, and a MAC that distinguishes it from a forged token
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
