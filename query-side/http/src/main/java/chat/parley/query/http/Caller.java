package chat.parley.query.http;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Whoever a token speaks for. */
public final class Caller {
    private static final String ME = "me";

    private Caller() {}

    public static UserId of(Jwt token) {
        String subject = token.getSubject();
        if (subject == null) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        return new UserId(subject);
    }

    /** The user that a path names, who may be {@code me}. */
    public static UserId named(String id, Jwt token) {
        return ME.equals(id) ? of(token) : new UserId(id);
    }

    /** The device this token was made for; a token of another issuer has none. */
    public static @Nullable String device(Jwt token) {
        return token.getClaimAsString("dev");
    }

    /** The session this token was made for; a token of another issuer has none. */
    public static @Nullable String session(Jwt token) {
        return token.getClaimAsString("sid");
    }
}
