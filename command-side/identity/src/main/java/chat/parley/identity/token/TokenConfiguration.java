package chat.parley.identity.token;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Issues and verifies access and refresh tokens. */
@Configuration(proxyBeanMethods = false)
@Import({AccessTokens.class, RefreshTokens.class})
public class TokenConfiguration {}
