package chat.parley.search.history.engine;

import co.elastic.clients.elasticsearch.ElasticsearchClient;

/** Engines in each state, without a monitor. */
public final class TestEngines {
    private TestEngines() {}

    public static SearchEngine up(ElasticsearchClient client) {
        SearchEngine engine = new SearchEngine(client);
        engine.answers();
        return engine;
    }

    public static SearchEngine silent(ElasticsearchClient client) {
        SearchEngine engine = up(client);
        engine.isSilent("the test says so");
        return engine;
    }
}
