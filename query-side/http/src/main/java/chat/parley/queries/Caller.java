package chat.parley.queries;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Whoever a token speaks for. */
final class Caller {
    private static final String ME = "me";

    private Caller() {}

    static UserId of(Jwt token) {
        String subject = token.getSubject();
        if (subject == null) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        return new UserId(subject);
    }

    /** The user that a path names, who may be {@code me}. */
    static UserId named(String id, Jwt token) {
        return ME.equals(id) ? of(token) : new UserId(id);
    }

    /** The device this token was made for; a token of another issuer has none. */
    static @Nullable String device(Jwt token) {
        return token.getClaimAsString("dev");
    }

    /** The session this token was made for; a token of another issuer has none. */
    static @Nullable String session(Jwt token) {
        return token.getClaimAsString("sid");
    }
}
