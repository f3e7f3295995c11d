package chat.parley.identity.token;

import chat.parley.api.port.KeyedHash;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.web.token.AccessTokenVerifier;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Issues and verifies access tokens, and registers the users of an external issuer. */
@Configuration(proxyBeanMethods = false)
@Import({AccessTokens.class, ExternalAccounts.class})
public class TokenConfiguration {
    @Bean
    AccessTokenVerifier accessTokenVerifier(
            AuthProperties properties,
            ObjectProvider<AccessTokens> ownTokens,
            ObjectProvider<ExternalAccounts> accounts,
            KeyedHash hash,
            Clock clock) {
        String issuer = properties.issuerUri();
        return issuer == null || !properties.external()
                ? ownTokens.getObject()::verify
                : new ExternalTokens(issuer(issuer), hash, accounts.getObject(), clock, properties);
    }

    /** Loads the issuer's keys with the first token, so that the server starts without the issuer. */
    private static JwtDecoder issuer(String issuer) {
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withIssuerLocation(issuer).build();
            OAuth2TokenValidator<Jwt> validator = new JwtIssuerValidator(issuer);
            decoder.setJwtValidator(validator);
            return decoder;
        });
    }
}
