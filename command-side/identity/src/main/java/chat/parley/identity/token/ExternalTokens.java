package chat.parley.identity.token;

import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.web.token.AccessTokenVerifier;
import chat.parley.web.token.TokenClaims;
import chat.parley.web.token.TokenVerification;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies tokens of an OpenID Connect issuer and translates their claims. The subject becomes the id of an account,
 * which is registered when its first token comes. These tokens name no device; a client names its device in
 * {@code hello}.
 */
public final class ExternalTokens implements AccessTokenVerifier {
    /** The claim of OpenID Connect's logout specifications. */
    private static final String ISSUERS_SESSION = "sid";

    private final JwtDecoder issuer;
    private final KeyedHash hash;
    private final ExternalAccounts accounts;
    private final Clock clock;
    private final String rolesClaim;

    public ExternalTokens(
            JwtDecoder issuer, KeyedHash hash, ExternalAccounts accounts, Clock clock, AuthProperties properties) {
        this.issuer = issuer;
        this.hash = hash;
        this.accounts = accounts;
        this.clock = clock;
        this.rolesClaim = properties.rolesClaim();
    }

    @Override
    public TokenVerification verify(String token) {
        return TokenChecks.verification(() -> translated(token));
    }

    private Jwt translated(String token) {
        Jwt theirs = TokenChecks.current(issuer, token, clock);
        String subject = Objects.requireNonNull(theirs.getSubject(), "Checked just now");
        UserId user = new UserId("x" + keyed(subject));
        accounts.ensureRegistered(user, theirs);
        return Jwt.withTokenValue(token)
                .headers(headers -> headers.putAll(theirs.getHeaders()))
                .subject(user.value())
                .claim(TokenClaims.SESSION, "x" + keyed(session(subject, theirs)))
                .claim(TokenClaims.ROLES, roles(theirs))
                .expiresAt(Objects.requireNonNull(theirs.getExpiresAt(), "Checked just now"))
                .build();
    }

    private String keyed(String input) {
        return hash.of(Purpose.EXTERNAL_SUBJECT, input);
    }

    /** The session id of the issuer if the token has one. Otherwise all tokens of a subject count as one session. */
    private static String session(String subject, Jwt theirs) {
        String session = theirs.getClaimAsString(ISSUERS_SESSION);
        return subject + "/" + (session == null ? "" : session);
    }

    private List<String> roles(Jwt theirs) {
        List<String> named = theirs.getClaim(rolesClaim) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return Arrays.stream(SystemRole.values())
                .map(SystemRole::claim)
                .filter(named::contains)
                .toList();
    }
}
