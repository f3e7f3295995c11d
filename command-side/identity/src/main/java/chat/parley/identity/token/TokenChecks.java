package chat.parley.identity.token;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** What is checked of every token, our own or an issuer's, with the code of the refusal in the exception. */
final class TokenChecks {
    private TokenChecks() {}

    static Jwt decoded(JwtDecoder decoder, String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            throw refused(Refusal.TOKEN_INVALID);
        }
    }

    static Jwt unexpired(Jwt jwt, Clock clock) {
        Instant now = clock.instant();
        Instant expiresAt = jwt.getExpiresAt();
        Instant notBefore = jwt.getNotBefore();
        if (expiresAt == null || jwt.getSubject() == null || (notBefore != null && now.isBefore(notBefore))) {
            throw refused(Refusal.TOKEN_INVALID);
        }
        if (!now.isBefore(expiresAt)) {
            throw refused(Refusal.TOKEN_EXPIRED);
        }
        return jwt;
    }

    static JwtValidationException refused(Refusal refusal) {
        OAuth2Error error = new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, refusal.title(), null);
        JwtValidationException exception = new JwtValidationException(refusal.code(), List.of(error));
        exception.initCause(new Refused(refusal));
        return exception;
    }
}
