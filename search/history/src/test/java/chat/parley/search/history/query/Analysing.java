package chat.parley.search.history.query;

import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.engine.Engines;
import chat.parley.search.history.permission.UserNames;
import chat.parley.testing.InMemoryEventFeed;
import co.elastic.clients.elasticsearch.ElasticsearchClient;

/** Creates search components over an archive. */
public final class Analysing {
    private Analysing() {}

    public static SearchPlanner planner(Archive archive) {
        QueryClient readSide = new QueryClient(new FakeReadSide().gateway(), FakeReadSide.TIMEOUT);
        return new SearchPlanner(readSide, new UserNames(readSide), new InMemoryEventFeed(), archive.aliases());
    }

    /** @param client may be another client than the archive's */
    public static HistorySearch history(ElasticsearchClient client, SearchPlanner planner, Archive archive) {
        return new HistorySearch(Engines.up(client), planner, archive.aliases());
    }
}
