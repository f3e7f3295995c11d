package chat.parley.identity;

import chat.parley.identity.account.AccountConfiguration;
import chat.parley.identity.login.LoginConfiguration;
import chat.parley.identity.password.PasswordConfiguration;
import chat.parley.identity.policy.PolicyConfiguration;
import chat.parley.identity.profile.ProfileConfiguration;
import chat.parley.identity.session.SessionConfiguration;
import chat.parley.identity.token.TokenConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Accounts, passwords, login sessions and tokens.
 *
 * <p>Needs beans of {@link chat.parley.api.port.KeyedHash}, {@link chat.parley.api.port.TextProtection},
 * {@link chat.parley.api.port.VaultSecrets}, {@link chat.parley.api.port.EventFeed}, {@link java.time.Clock},
 * {@link chat.parley.dispatch.CommandDispatcher}, {@link chat.parley.dispatch.ReadModelClient}, the beans of
 * {@link chat.parley.web.WebConfiguration} and the vault's data source. A bean of
 * {@link chat.parley.identity.login.RecommendedGateway} is optional.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    AccountConfiguration.class,
    LoginConfiguration.class,
    PasswordConfiguration.class,
    PolicyConfiguration.class,
    ProfileConfiguration.class,
    SessionConfiguration.class,
    TokenConfiguration.class
})
public class IdentityConfiguration {}
