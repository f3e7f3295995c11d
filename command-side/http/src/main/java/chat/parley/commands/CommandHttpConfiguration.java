package chat.parley.commands;

import chat.parley.api.EventFeed;
import chat.parley.api.KeyedHash;
import chat.parley.api.TextProtection;
import chat.parley.api.VaultSecrets;
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
    Sessions.class,
    RefreshTokens.class,
    AccessTokens.class,
    Passwords.class,
    KnownSources.class,
    KeptActivity.class,
    Claims.class,
    FormerNamesClaimer.class,
    UsernameRegistry.class,
    NamedCredentials.class,
    OneTimeCodes.class,
    MailAddresses.class,
    Deletions.class,
    // The two sides of the house
    Commands.class,
    ReadModel.class,
    Profiles.class,
    OwnMemberships.class,
    ContactPolicy.class,
    // What people come for
    SignUp.class,
    Logins.class,
    ExternalAccounts.class,
    OwnLogins.class,
    PasswordCheck.class,
    PasswordChanges.class,
    UsernameChanges.class,
    Mailer.class,
    MailedCodes.class,
    AccountClosings.class,
    UnfinishedDeletions.class,
    Starter.class,
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
