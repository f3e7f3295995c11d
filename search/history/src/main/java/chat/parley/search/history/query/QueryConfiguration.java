package chat.parley.search.history.query;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.search.history.SearchJournal;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.permission.People;
import chat.parley.search.history.permission.ReadSide;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that searches. */
@Configuration(proxyBeanMethods = false)
public class QueryConfiguration {
    @Bean
    Planner searchPlanner(QueryGateway gateway, EventFeed feed) {
        ReadSide readSide = new ReadSide(gateway);
        return new Planner(readSide, new People(readSide), feed, Aliases.PARLEY);
    }

    @Bean
    HistorySearch historySearch(SearchEngine engine, Planner planner) {
        return new HistorySearch(engine, planner, Aliases.PARLEY);
    }

    @Bean
    SearchController searchController(
            Planner planner,
            HistorySearch history,
            QueryGateway gateway,
            TextProtection protection,
            KeyedHash hash,
            SearchJournal journal,
            Clock clock,
            MeterRegistry meters) {
        return new SearchController(
                new SearchPaginator(planner, history, new PointsInTime(history, clock), hash, journal),
                new Suggestions(planner, history, new ReadSide(gateway), protection),
                new SearchMeters(meters));
    }
}
