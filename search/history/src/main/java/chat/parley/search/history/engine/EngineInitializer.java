package chat.parley.search.history.engine;

/**
 * Prepares Elasticsearch before it is used, for example creates indexes. Runs each time Elasticsearch becomes
 * reachable, so it has to be idempotent.
 */
@FunctionalInterface
public interface EngineInitializer {
    /** Uses {@link SearchEngine#attempt}. If this fails, search stays unavailable and this is retried. */
    void prepare(SearchEngine engine);
}
