package chat.parley.search.history.analyst;

import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.TextProtection;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.operator.OperatorAccess;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.QueryConfiguration;
import chat.parley.search.history.query.SearchPlanner;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures what searches of the whole history share: their records, saved searches, and a query of other modules.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalystProperties.class)
@Import(QueryConfiguration.Searching.class)
public class AnalystConfiguration {
    @Bean
    EventSearchAuditLog searchJournal(CommandGateway commands, AnalystProperties properties) {
        return new EventSearchAuditLog(commands, properties.recordTimeout());
    }

    @Bean
    OperatorAccess searchOperators(EventSearchAuditLog journal) {
        return new OperatorAccess(journal::record);
    }

    @Bean
    SavedSearches savedSearchTable(
            DataSource vault, TextProtection protection, JsonMapper json, Clock clock, AnalystProperties properties) {
        return new SavedSearches(vault, protection, json, clock, properties.maxSavedSearches());
    }

    @Bean
    PersonalRecords savedSearchRecords(SavedSearches searches) {
        return PersonalRecords.named("savedSearches", searches::of);
    }

    @Bean
    HitQueries searchHits(SearchEngine engine, ServedIndex index, SearchPlanner planner, HistorySearch search) {
        return new HitQueries(engine, index::caughtUp, planner, search, HitQueries.PAGE);
    }
}
