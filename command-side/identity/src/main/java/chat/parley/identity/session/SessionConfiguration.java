package chat.parley.identity.session;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Stores login sessions and makes the tokens that renew them. */
@Configuration(proxyBeanMethods = false)
@Import({LoginSessions.class, RefreshTokens.class})
public class SessionConfiguration {}
