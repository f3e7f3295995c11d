package chat.parley.search.history.engine;

import chat.parley.api.Refused;
import chat.parley.api.process.StartupFailure;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls Elasticsearch and runs the {@link EngineInitializer}s when it becomes reachable. */
public final class EngineMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineMonitor.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private static final String OURS = "parley-*";

    private final SearchEngine engine;
    private final List<EngineInitializer> preparations;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("search-engine-watch").unstarted(this::watch);
    private String told = "";

    private EngineMonitor(SearchEngine engine, List<EngineInitializer> preparations) {
        this.engine = engine;
        this.preparations = preparations;
    }

    public static EngineMonitor start(SearchEngine engine, List<EngineInitializer> preparations) {
        EngineMonitor watch = new EngineMonitor(engine, preparations);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LAST_LOOK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            do {
                look();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            HealthStatus health = engine.attempt(client -> client.cluster().health(indexes -> indexes.index(OURS)))
                    .status();
            if (health == HealthStatus.Red) {
                engine.isSilent("some indexes cannot be read");
                return;
            }
            if (engine.state() != SearchEngine.State.UP) {
                preparations.forEach(preparation -> preparation.prepare(engine));
                engine.answers();
                told = "";
            }
        } catch (Refused silent) {
            engine.isSilent("Elasticsearch does not answer");
        } catch (RuntimeException failure) {
            tell(failure);
            engine.isSilent("Elasticsearch could not be initialized");
        }
    }

    /** Logs a failure once, however often it is retried. */
    private void tell(RuntimeException failure) {
        String problem = failure.toString();
        if (!problem.equals(told)) {
            if (failure instanceof StartupFailure) {
                log.error("There is no search: {}", failure.getMessage());
            } else {
                log.error("Elasticsearch could not be initialized for search; this is retried", failure);
            }
            told = problem;
        }
    }
}
