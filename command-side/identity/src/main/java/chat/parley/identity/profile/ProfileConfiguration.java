package chat.parley.identity.profile;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Claims usernames and reads accounts. */
@Configuration(proxyBeanMethods = false)
@Import({UsernameClaims.class, FormerNamesClaimer.class, UsernameRegistry.class, Profiles.class})
public class ProfileConfiguration {}
