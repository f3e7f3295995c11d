package chat.parley.search.history.engine;

/**
 * What has to be there before Elasticsearch can be asked, such as the indexes. Done whenever it answers again, after its
 * first start as after any other: doing it twice changes nothing.
 */
@FunctionalInterface
public interface EnginePreparation {
    /** Asks by {@link SearchEngine#attempt}. If it fails, search is not up, and it is tried again. */
    void prepare(SearchEngine engine);
}
