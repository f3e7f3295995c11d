package chat.parley.search.history.query;

import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.engine.TestEngines;
import chat.parley.search.history.permission.UserNames;
import chat.parley.testing.conversation.InMemoryEventFeed;
import co.elastic.clients.elasticsearch.ElasticsearchClient;

/** Creates search components over an archive. */
public final class SearchComponents {
    private SearchComponents() {}

    public static SearchPlanner planner(SearchIndexFixture archive) {
        QueryClient readSide = new QueryClient(new FakePermissionQueries().gateway(), FakePermissionQueries.TIMEOUT);
        return new SearchPlanner(readSide, new UserNames(readSide), new InMemoryEventFeed(), archive.aliases());
    }

    /** @param client may be another client than the archive's */
    public static HistorySearch history(ElasticsearchClient client, SearchPlanner planner, SearchIndexFixture archive) {
        return new HistorySearch(TestEngines.up(client), planner, archive.aliases());
    }
}
