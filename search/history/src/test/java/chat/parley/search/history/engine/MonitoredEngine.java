package chat.parley.search.history.engine;

import java.util.List;

/** A search engine with its monitor, as in the application. */
public final class MonitoredEngine implements AutoCloseable {
    private final SearchEngine engine;
    private final EngineMonitor watch;

    public MonitoredEngine(SearchEngine engine, EngineInitializer preparation) {
        this.engine = engine;
        this.watch = EngineMonitor.start(engine, List.of(preparation));
    }

    public SearchEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        watch.close();
    }
}
