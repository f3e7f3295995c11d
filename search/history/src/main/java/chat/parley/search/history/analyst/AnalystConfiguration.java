package chat.parley.search.history.analyst;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.processor.VaultProcess;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.operator.OperatorAccess;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.SearchPlanner;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures what searches the whole history: endpoints that only analysts may use, and a query of other modules. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalystProperties.class)
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
    SavedSearchController savedSearches(SavedSearches searches) {
        return new SavedSearchController(searches);
    }

    /** Runs also while search is disabled. */
    @Bean
    @DependsOnDatabaseInitialization
    VaultProcess savedSearchErasure(
            SavedSearches searches,
            ObjectProvider<ErasureProgress> erasures,
            EventStore events,
            DataSource vault,
            Serializer serializer) {
        return new VaultProcess(
                "saved-search-erasure",
                AccountErased.class::equals,
                event -> {
                    UserId user = ((AccountErased) event.payload()).user();
                    searches.removeAll(user);
                    erasures.getObject().done(user, Store.SAVED_SEARCHES);
                },
                events,
                vault,
                serializer);
    }

    @Bean
    PersonalRecords savedSearchRecords(SavedSearches searches) {
        return PersonalRecords.named("savedSearches", searches::of);
    }

    @Bean
    HitQueries searchHits(SearchEngine engine, ServedIndex index, SearchPlanner planner, HistorySearch search) {
        return new HitQueries(engine, index::caughtUp, planner, search, HitQueries.PAGE);
    }

    @Bean
    ExportController searchExports(
            SearchPlanner planner,
            HistorySearch search,
            SearchAuditLog journal,
            JsonMapper json,
            Clock clock,
            AnalystProperties properties) {
        return new ExportController(planner, search, journal, new Exports(clock, properties), json);
    }

    @Bean
    StatisticsController searchStatistics(SearchPlanner planner, HistorySearch search, SearchAuditLog journal) {
        return new StatisticsController(planner, new Statistics(planner, search), journal);
    }
}
