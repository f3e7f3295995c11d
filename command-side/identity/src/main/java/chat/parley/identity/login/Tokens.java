package chat.parley.identity.login;

import chat.parley.identity.profile.AccountView;
import java.net.URI;

/** The answer to a login or a refresh. */
public record Tokens(
        String accessToken, String refreshToken, long expiresInSeconds, AccountView user, URI webSocketUrl) {
    @Override
    public String toString() {
        return "Tokens[user=" + user.id() + "]";
    }
}
