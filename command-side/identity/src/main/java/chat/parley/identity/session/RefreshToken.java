package chat.parley.identity.session;

import chat.parley.api.Sha256;
import chat.parley.api.account.LoginSessionId;

/**
 * A token that renews a session and is replaced by its successor. For clients it is opaque; the vault holds only its
 * hash.
 *
 * @param value the session id, a random part, and a MAC that distinguishes it from a forged token
 */
public record RefreshToken(LoginSessionId session, String value) {
    public byte[] hash() {
        return Sha256.of(value);
    }

    @Override
    public String toString() {
        return "RefreshToken[session=" + session + "]";
    }
}
