package chat.parley.command.http;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import chat.parley.command.http.account.AccountsController;
import chat.parley.command.http.account.ClosingController;
import chat.parley.command.http.account.MailAddressController;
import chat.parley.command.http.account.MeController;
import chat.parley.command.http.account.PasswordsController;
import chat.parley.command.http.account.RolesController;
import chat.parley.command.http.account.SessionsController;
import chat.parley.command.http.account.SettingsController;
import chat.parley.command.http.contact.ContactPolicy;
import chat.parley.command.http.contact.ContactsController;
import chat.parley.command.http.conversation.AdditionLimiter;
import chat.parley.command.http.conversation.ConversationStarter;
import chat.parley.command.http.conversation.ConversationsController;
import chat.parley.command.http.conversation.InboxController;
import chat.parley.command.http.conversation.MessagesController;
import chat.parley.command.http.conversation.OwnMemberships;
import chat.parley.command.http.conversation.PinsController;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.identity.account.AccountClosings;
import chat.parley.identity.account.Deletions;
import chat.parley.identity.account.ExternalAccounts;
import chat.parley.identity.account.FormerNamesClaimer;
import chat.parley.identity.account.Profiles;
import chat.parley.identity.account.SignUp;
import chat.parley.identity.account.UnfinishedDeletions;
import chat.parley.identity.account.UsernameChanges;
import chat.parley.identity.account.UsernameClaims;
import chat.parley.identity.account.UsernameRegistry;
import chat.parley.identity.login.KnownSources;
import chat.parley.identity.login.LocalLogin;
import chat.parley.identity.login.LoginSessions;
import chat.parley.identity.login.LoginThrottle;
import chat.parley.identity.login.Logins;
import chat.parley.identity.login.StoredActivity;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.MailAddresses;
import chat.parley.identity.password.MailProperties;
import chat.parley.identity.password.MailedCodes;
import chat.parley.identity.password.Mailer;
import chat.parley.identity.password.NamedCredentials;
import chat.parley.identity.password.OneTimeCodes;
import chat.parley.identity.password.PasswordChanges;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.security.AdminKey;
import chat.parley.identity.security.AuthProperties;
import chat.parley.identity.security.PagePolicy;
import chat.parley.identity.security.RecommendedGateway;
import chat.parley.identity.security.SecurityConfiguration;
import chat.parley.identity.token.AccessTokens;
import chat.parley.identity.token.RefreshTokens;
import chat.parley.web.HttpProperties;
import chat.parley.web.address.TrustedProxies;
import chat.parley.web.limit.AdditionLimits;
import chat.parley.web.limit.BodyLimitFilter;
import chat.parley.web.limit.ConnectionCaps;
import chat.parley.web.limit.Limits;
import chat.parley.web.limit.RateLimiter;
import chat.parley.web.limit.ReadableRequests;
import chat.parley.web.limit.SlowClients;
import chat.parley.web.limit.UnreadBodies;
import chat.parley.web.problem.EmptyRefusals;
import chat.parley.web.problem.JettyProblems;
import chat.parley.web.problem.ProblemAdvice;
import chat.parley.web.problem.ProblemErrorController;
import chat.parley.web.problem.ProblemFilter;
import chat.parley.web.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * REST that changes something, and for every endpoint of the server: who may ask, how much, and how it is refused.
 *
 * <p>Needs beans of {@link KeyedHash}, {@link TextProtection}, {@link VaultSecrets}, {@link EventFeed}, {@link Clock},
 * the vault's data source, and Axon's gateways. A {@link RecommendedGateway} is optional. Gives a {@code JwtDecoder}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AuthProperties.class,
    HttpProperties.class,
    Limits.class,
    AdditionLimits.class,
    MailProperties.class
})
@Import({
    // The vault and the tokens
    Credentials.class,
    LoginSessions.class,
    RefreshTokens.class,
    AccessTokens.class,
    Passwords.class,
    KnownSources.class,
    StoredActivity.class,
    UsernameClaims.class,
    FormerNamesClaimer.class,
    UsernameRegistry.class,
    NamedCredentials.class,
    OneTimeCodes.class,
    MailAddresses.class,
    Deletions.class,
    // The two sides of the house
    DispatchConfiguration.class,
    Profiles.class,
    OwnMemberships.class,
    ContactPolicy.class,
    // What people come for
    SignUp.class,
    Logins.class,
    ExternalAccounts.class,
    LocalLogin.class,
    PasswordCheck.class,
    PasswordChanges.class,
    UsernameChanges.class,
    Mailer.class,
    MailedCodes.class,
    AccountClosings.class,
    UnfinishedDeletions.class,
    ConversationStarter.class,
    AccountsController.class,
    SessionsController.class,
    PasswordsController.class,
    MailAddressController.class,
    ClosingController.class,
    MeController.class,
    SettingsController.class,
    ContactsController.class,
    RolesController.class,
    InboxController.class,
    ConversationsController.class,
    MessagesController.class,
    PinsController.class,
    // Limits and refusals
    RateLimiter.class,
    LoginThrottle.class,
    AdditionLimiter.class,
    ProblemWriter.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    PagePolicy.class,
    SecurityConfiguration.class
})
public class CommandHttpConfiguration {
    @Bean
    AdminKey adminKey(@Value("${parley.data-dir:./parley-data}") Path dataDir) {
        return new AdminKey(dataDir);
    }

    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(ProblemWriter problems) {
        FilterRegistrationBean<ProblemFilter> filter = new FilterRegistrationBean<>(new ProblemFilter(problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> jettyProblems(ProblemWriter problems) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.setErrorHandler(new JettyProblems(problems));
            server.insertHandler(new ReadableRequests());
            server.insertHandler(new EmptyRefusals(problems));
            server.insertHandler(new UnreadBodies());
        });
    }

    @Bean
    TrustedProxies trustedProxies(HttpProperties properties) {
        return new TrustedProxies(properties.trustedProxies());
    }

    /** Before whatever else may be there to believe forwarded headers. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> forwardedHeaders(TrustedProxies proxies) {
        return jetty -> jetty.addServerCustomizers(server -> {
            for (Connector connector : server.getConnectors()) {
                for (ConnectionFactory factory : connector.getConnectionFactories()) {
                    if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                        http.getHttpConfiguration().getCustomizers().addFirst(proxies);
                    }
                }
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> connectionLimits(
            Limits limits, TrustedProxies proxies, MeterRegistry meters) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.addBean(new SlowClients(server, limits.connections()));
            if (limits.enabled()) {
                ConnectionCaps caps = new ConnectionCaps(limits.connections(), proxies::isTrusted, meters);
                for (Connector connector : server.getConnectors()) {
                    if (connector instanceof ServerConnector accepting) {
                        accepting.addBean(caps);
                    }
                }
            }
        });
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(HttpProperties properties) {
        FilterRegistrationBean<BodyLimitFilter> filter = new FilterRegistrationBean<>(
                new BodyLimitFilter(properties.maxBody().toBytes()));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
