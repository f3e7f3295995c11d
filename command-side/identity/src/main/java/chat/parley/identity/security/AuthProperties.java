package chat.parley.identity.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may log in and for how long.
 *
 * @param accessTokenTtl  how long an access token is good for
 * @param refreshTokenTtl how long a session lives without being refreshed
 * @param refreshGrace    how long a refresh token that was used already gets the same answer again, for whoever lost the
 *                        first one or asked twice; after that it is taken for a stolen copy
 * @param passwordMemory  what Argon2id takes for each password that is hashed or compared; half as many at a time as
 *                        there are cores do so
 * @param passwordIterations how often Argon2id goes over that memory
 * @param issuerUri       an OpenID Connect issuer whose tokens are taken instead of Parley's own; sign-up, login and
 *                        refresh are switched off then
 * @param rolesClaim      the claim of such a token that lists roles ({@code admin}, {@code analyst}, {@code auditor})
 */
@ConfigurationProperties("parley.auth")
public record AuthProperties(
        @DefaultValue("15m") Duration accessTokenTtl,
        @DefaultValue("30d") Duration refreshTokenTtl,
        @DefaultValue("30s") Duration refreshGrace,
        @DefaultValue("19MB") DataSize passwordMemory,
        @DefaultValue("2") int passwordIterations,
        @Nullable String issuerUri,
        @DefaultValue("roles") String rolesClaim) {
    public boolean external() {
        return issuerUri != null && !issuerUri.isBlank();
    }
}
