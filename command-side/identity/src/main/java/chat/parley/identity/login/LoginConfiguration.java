package chat.parley.identity.login;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Opens, renews and ends login sessions. */
@Configuration(proxyBeanMethods = false)
@Import({KnownLoginSources.class, JdbcActivityVault.class, JdbcDeviceLeases.class, LoginThrottle.class, Logins.class})
public class LoginConfiguration {}
