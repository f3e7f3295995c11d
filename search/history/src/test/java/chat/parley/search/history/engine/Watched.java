package chat.parley.search.history.engine;

import java.util.List;

/** An engine that is looked after, as the application's is. */
public final class Watched implements AutoCloseable {
    private final SearchEngine engine;
    private final EngineWatch watch;

    public Watched(SearchEngine engine, EnginePreparation preparation) {
        this.engine = engine;
        this.watch = EngineWatch.start(engine, List.of(preparation));
    }

    public SearchEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        watch.close();
    }
}
