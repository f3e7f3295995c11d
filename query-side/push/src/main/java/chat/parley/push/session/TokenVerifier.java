package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Reads access tokens. */
public final class TokenVerifier {
    private final JwtDecoder decoder;
    private final EndedLogins ended;

    public TokenVerifier(JwtDecoder decoder, EndedLogins ended) {
        this.decoder = decoder;
        this.ended = ended;
    }

    /** @throws Refused if this token lets nobody in */
    AuthenticatedClient verify(String token) {
        Jwt jwt = decode(token);
        String subject = jwt.getSubject();
        Instant expiresAt = jwt.getExpiresAt();
        if (subject == null || expiresAt == null) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        AuthenticatedClient identity = identity(jwt, subject, expiresAt);
        if (ended.includes(identity)) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        return identity;
    }

    /** From now on no token of this login lets anybody in. */
    void end(LoginSessionId login, Instant at) {
        ended.remember(login, at);
    }

    private static AuthenticatedClient identity(Jwt jwt, String subject, Instant expiresAt) {
        String login = jwt.getClaimAsString("sid");
        String device = jwt.getClaimAsString("dev");
        Instant issuedAt = jwt.getIssuedAt();
        try {
            return new AuthenticatedClient(
                    new UserId(subject),
                    // A foreign issuer may name no session; then this socket is one by itself.
                    new LoginSessionId(login == null ? UUID.randomUUID().toString() : login),
                    device == null ? null : new DeviceId(device),
                    issuedAt == null ? Instant.EPOCH : issuedAt,
                    expiresAt);
        } catch (Refused malformedId) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
    }

    private Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException invalid) {
            boolean expired = invalid.getErrors().stream()
                    .anyMatch(error -> error.getDescription() != null
                            && error.getDescription().contains("expired"));
            throw new Refused(expired ? Refusal.TOKEN_EXPIRED : Refusal.TOKEN_INVALID);
        } catch (BadJwtException bad) {
            throw new Refused(Refusal.TOKEN_INVALID);
        } catch (JwtException unreachable) {
            // A foreign issuer's keys cannot be had just now.
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
