package chat.parley.identity.token;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.web.token.TokenVerification;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** The checks that apply to tokens of Parley and of an external issuer alike. */
final class TokenChecks {
    private static final Logger log = LoggerFactory.getLogger(TokenChecks.class);

    private TokenChecks() {}

    /** @param check throws {@link Refused} if the token is rejected */
    static TokenVerification verification(Supplier<Jwt> check) {
        try {
            Jwt token = check.get();
            return new TokenVerification.Accepted(token, AuthenticatedUser.of(token));
        } catch (Refused refused) {
            return new TokenVerification.Rejected(refused.refusal());
        }
    }

    /**
     * Checks the signature and the time.
     *
     * @throws Refused {@link Refusal#TOKEN_INVALID}, {@link Refusal#TOKEN_EXPIRED}, or {@link Refusal#RETRY_LATER} if the
     *     issuer does not answer
     */
    static Jwt current(JwtDecoder decoder, String token, Clock clock) {
        Jwt jwt = decoded(decoder, token);
        Instant now = clock.instant();
        Instant expiresAt = jwt.getExpiresAt();
        Instant notBefore = jwt.getNotBefore();
        if (expiresAt == null || jwt.getSubject() == null || (notBefore != null && now.isBefore(notBefore))) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        if (!now.isBefore(expiresAt)) {
            throw new Refused(Refusal.TOKEN_EXPIRED);
        }
        return jwt;
    }

    private static Jwt decoded(JwtDecoder decoder, String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            throw new Refused(Refusal.TOKEN_INVALID);
        } catch (JwtException unavailable) {
            log.warn(
                    "The keys of the token issuer cannot be read, so its tokens are refused: {}",
                    ExceptionSummary.describe(unavailable));
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
