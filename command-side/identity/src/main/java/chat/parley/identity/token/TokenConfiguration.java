package chat.parley.identity.token;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Issues access and refresh tokens and recognises them. */
@Configuration(proxyBeanMethods = false)
@Import({AccessTokens.class, RefreshTokens.class})
public class TokenConfiguration {}
