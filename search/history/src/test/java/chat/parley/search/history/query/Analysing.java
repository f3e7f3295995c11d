package chat.parley.search.history.query;

import chat.parley.search.history.engine.Engines;
import chat.parley.search.history.permission.People;
import chat.parley.search.history.permission.ReadSide;
import co.elastic.clients.elasticsearch.ElasticsearchClient;

/** What searches an archive, for tests of what is built on it. */
public final class Analysing {
    private Analysing() {}

    public static Planner planner(Archive archive) {
        ReadSide readSide = new ReadSide(new FakeReadSide().gateway());
        return new Planner(readSide, new People(readSide), new NoEvents(), archive.aliases());
    }

    /** @param client that may be another than the archive's own */
    public static HistorySearch history(ElasticsearchClient client, Planner planner, Archive archive) {
        return new HistorySearch(Engines.up(client), planner, archive.aliases());
    }
}
