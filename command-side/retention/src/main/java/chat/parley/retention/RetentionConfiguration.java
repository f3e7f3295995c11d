package chat.parley.retention;

import chat.parley.api.port.TextProtection;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.PeriodicRounds;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.retention.decision.AuditorTexts;
import chat.parley.retention.decision.Decisions;
import chat.parley.retention.erasure.ErasureConfiguration;
import chat.parley.retention.expiry.ExpiryConfiguration;
import chat.parley.retention.expiry.ExpiryRounds;
import chat.parley.retention.hold.HoldConfiguration;
import chat.parley.retention.rule.RuleConfiguration;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Holds, erasure and retention. Needs beans of {@link TextProtection}, {@link chat.parley.api.port.TextKeys}, {@link
 * chat.parley.api.port.EntryLookup}, {@link chat.parley.api.port.EventFeed}, {@link java.time.Clock}, {@link
 * CommandDispatcher}, {@link chat.parley.dispatch.ReadModelClient}, the beans of {@link
 * chat.parley.identity.IdentityConfiguration} and the vault's data source.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
@Import({HoldConfiguration.class, ErasureConfiguration.class, RuleConfiguration.class, ExpiryConfiguration.class})
public class RetentionConfiguration {
    @Bean
    Decisions retentionDecisions(CommandDispatcher commands) {
        return new Decisions(commands);
    }

    @Bean
    AuditorTexts auditorTexts(TextProtection protection) {
        return new AuditorTexts(protection);
    }

    /** Named where it is needed, because other modules have query clients with other timeouts. */
    @Bean(defaultCandidate = false)
    QueryClient retentionQueries(QueryGateway queries, RetentionProperties properties) {
        return new QueryClient(queries, properties.queryTimeout());
    }

    @Bean
    PeriodicRounds expiryRounds(ExpiryRounds rounds, RetentionProperties properties) {
        return new PeriodicRounds("retention", properties.interval(), rounds::run);
    }
}
