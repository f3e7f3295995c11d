package chat.parley.search.history.query;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.search.history.SearchAuditLog;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.permission.BlockingQueryGateway;
import chat.parley.search.history.permission.UserNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the search endpoints. */
@Configuration(proxyBeanMethods = false)
public class QueryConfiguration {
    @Bean
    SearchPlanner searchPlanner(QueryGateway gateway, EventFeed feed) {
        BlockingQueryGateway readSide = new BlockingQueryGateway(gateway);
        return new SearchPlanner(readSide, new UserNames(readSide), feed, IndexAliases.PARLEY);
    }

    @Bean
    HistorySearch historySearch(SearchEngine engine, SearchPlanner planner) {
        return new HistorySearch(engine, planner, IndexAliases.PARLEY);
    }

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
                new Suggestions(planner, history, new BlockingQueryGateway(gateway), protection),
                new SearchMeters(meters));
    }
}
