package chat.parley.identity.security;

import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.identity.token.AccessTokens;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who asks, as their token says. */
public final class Caller {
    /** What a path says instead of one's own id. */
    public static final String ME = "me";

    private Caller() {}

    public static UserId user(Jwt token) {
        return new UserId(Objects.requireNonNull(token.getSubject(), "Every token has a subject"));
    }

    public static LoginSessionId session(Jwt token) {
        return new LoginSessionId(
                Objects.requireNonNull(token.getClaimAsString(AccessTokens.SESSION), "Every token has a session"));
    }

    /** The user that a path names, by id or as {@code me}. */
    public static UserId named(String user, Jwt token) {
        return ME.equals(user) ? user(token) : new UserId(user);
    }
}
