package chat.parley.identity.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may log in, and for how long.
 *
 * @param accessTokenTtl validity of an access token
 * @param refreshTokenTtl lifetime of a session without a refresh
 * @param refreshGrace time for which a used refresh token gets the same answer again, in case the client lost the first
 *     answer or asked twice; afterwards it counts as a stolen copy
 * @param passwordMemory memory that Argon2id takes for each password; half as many passwords as there are cores are
 *     hashed at a time
 * @param passwordIterations number of passes of Argon2id over that memory
 * @param issuerUri an OpenID Connect issuer whose tokens are accepted instead of Parley's own; sign-up, login and
 *     refresh are then switched off
 * @param clientId the public client of that issuer with which the page logs in, by authorization code with PKCE
 * @param rolesClaim the claim of such a token that lists roles ({@code admin}, {@code analyst}, {@code auditor})
 */
@ConfigurationProperties("parley.auth")
public record AuthProperties(
        @DefaultValue("15m") Duration accessTokenTtl,
        @DefaultValue("30d") Duration refreshTokenTtl,
        @DefaultValue("30s") Duration refreshGrace,
        @DefaultValue("19MB") DataSize passwordMemory,
        @DefaultValue("2") int passwordIterations,
        @Nullable String issuerUri,
        @Nullable String clientId,
        @DefaultValue("roles") String rolesClaim) {
    public boolean external() {
        return issuerUri != null && !issuerUri.isBlank();
    }
}
