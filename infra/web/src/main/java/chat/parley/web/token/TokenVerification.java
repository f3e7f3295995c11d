package chat.parley.web.token;

import chat.parley.api.Refusal;
import org.springframework.security.oauth2.jwt.Jwt;

/** The outcome of checking an access token. */
public sealed interface TokenVerification {
    record Accepted(Jwt token, AuthenticatedUser user) implements TokenVerification {
        /** The token must not appear in logs. */
        @Override
        public String toString() {
            return "Accepted[user=" + user.user() + "]";
        }
    }

    /**
     * @param refusal {@link Refusal#TOKEN_EXPIRED} if a refresh gives a token that is accepted, {@link Refusal#TOKEN_INVALID}
     *     if the token is not genuine or its login session has ended, and another refusal if the check itself failed
     */
    record Rejected(Refusal refusal) implements TokenVerification {}
}
