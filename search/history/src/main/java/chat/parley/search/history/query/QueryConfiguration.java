package chat.parley.search.history.query;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.permission.SearchAuditLog;
import chat.parley.search.history.permission.UserNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the search endpoints. */
@Configuration(proxyBeanMethods = false)
public class QueryConfiguration {
    /** As long as other reads over HTTP. */
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    SearchController searchController(
            SearchPlanner planner,
            HistorySearch history,
            QueryGateway gateway,
            TextProtection protection,
            KeyedHash hash,
            SearchAuditLog journal,
            Clock clock,
            MeterRegistry meters) {
        return new SearchController(
                new SearchPaginator(planner, history, new PointsInTime(history, clock), hash, journal),
                new Suggestions(planner, history, new QueryClient(gateway, QUERY_TIMEOUT), protection),
                new SearchMeters(meters));
    }

    /** Searching, also where there are no such endpoints. */
    @Configuration(proxyBeanMethods = false)
    public static class Searching {
        @Bean
        SearchPlanner searchPlanner(QueryGateway gateway, EventFeed feed) {
            QueryClient readSide = new QueryClient(gateway, QUERY_TIMEOUT);
            return new SearchPlanner(readSide, new UserNames(readSide), feed, IndexAliases.PARLEY);
        }

        @Bean
        HistorySearch historySearch(SearchEngine engine, SearchPlanner planner) {
            return new HistorySearch(engine, planner, IndexAliases.PARLEY);
        }
    }
}
