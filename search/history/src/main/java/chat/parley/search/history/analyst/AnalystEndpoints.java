package chat.parley.search.history.analyst;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.eventprocessing.processor.VaultProcess;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.query.HistorySearch;
import chat.parley.search.history.query.SearchPlanner;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints that only analysts may use. */
@Configuration(proxyBeanMethods = false)
@Import(AnalystConfiguration.class)
public class AnalystEndpoints {
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
