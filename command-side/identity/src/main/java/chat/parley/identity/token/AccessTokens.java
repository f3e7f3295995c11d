package chat.parley.identity.token;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.SystemRole;
import chat.parley.api.port.VaultSecrets;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.identity.session.LoginSession;
import chat.parley.identity.session.LoginSessions;
import chat.parley.web.token.TokenClaims;
import chat.parley.web.token.TokenVerification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Issues Parley's own access tokens and verifies them while their login session is open. The only algorithm is HS256.
 */
public final class AccessTokens {
    private final JwtEncoder encoder;
    private final JwtDecoder decoder;
    private final LoginSessions sessions;
    private final Clock clock;
    private final Duration ttl;

    AccessTokens(VaultSecrets secrets, LoginSessions sessions, Clock clock, AuthProperties properties) {
        SecretKey key = new SecretKeySpec(secrets.secret("jwt"), "HmacSHA256");
        this.encoder = NimbusJwtEncoder.withSecretKey(key)
                .algorithm(MacAlgorithm.HS256)
                .build();
        NimbusJwtDecoder nimbus = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        // TokenChecks compares the time with the injected clock and has its own refusal.
        nimbus.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        this.decoder = nimbus;
        this.sessions = sessions;
        this.clock = clock;
        this.ttl = properties.accessTokenTtl();
    }

    public Duration ttl() {
        return ttl;
    }

    public String issue(LoginSession session, Collection<SystemRole> roles) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject(session.user().value())
                .claim(TokenClaims.SESSION, session.id().value())
                .claim(TokenClaims.DEVICE, session.device().value())
                .claim(
                        TokenClaims.ROLES,
                        roles.stream().map(SystemRole::claim).sorted().toList())
                .claim(TokenClaims.GENERATION, session.generation())
                .issuedAt(now)
                .expiresAt(now.plus(ttl))
                .build();
        JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).type("JWT").build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    public TokenVerification verify(String token) {
        return TokenChecks.verification(() -> checked(token));
    }

    private Jwt checked(String token) {
        Jwt jwt = TokenChecks.current(decoder, token, clock);
        String id = jwt.getClaimAsString(TokenClaims.SESSION);
        if (id == null || !(jwt.getClaim(TokenClaims.GENERATION) instanceof Number generation)) {
            throw new Refused(Refusal.TOKEN_INVALID);
        }
        LoginSession session =
                sessions.recentlySeen(new LoginSessionId(id)).orElseThrow(() -> new Refused(Refusal.TOKEN_INVALID));
        if (generation.longValue() < session.generation()) {
            throw new Refused(Refusal.TOKEN_EXPIRED);
        }
        return jwt;
    }
}
