package chat.parley.identity.token;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Issues and verifies access tokens, and registers the users of an external issuer. */
@Configuration(proxyBeanMethods = false)
@Import({AccessTokens.class, ExternalAccounts.class})
public class TokenConfiguration {}
