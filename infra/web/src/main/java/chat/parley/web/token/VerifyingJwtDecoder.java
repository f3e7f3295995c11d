package chat.parley.web.token;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Gives Spring Security the verdict of an {@link AccessTokenVerifier}. The cause of the exception is a {@link Refused} with
 * the code.
 */
public final class VerifyingJwtDecoder implements JwtDecoder {
    private final AccessTokenVerifier verifier;

    public VerifyingJwtDecoder(AccessTokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Jwt decode(String token) {
        return switch (verifier.verify(token)) {
            case TokenVerification.Accepted accepted -> accepted.token();
            case TokenVerification.Rejected rejected -> throw exception(rejected.refusal());
        };
    }

    /** Spring Security treats only a {@link BadJwtException} as a fault of the token. */
    private static JwtException exception(Refusal refusal) {
        Refused cause = new Refused(refusal);
        return refusal.status() == Refusal.TOKEN_INVALID.status()
                ? new BadJwtException(refusal.code(), cause)
                : new JwtException(refusal.code(), cause);
    }
}
