package chat.parley.search.history.engine;

import chat.parley.api.Refused;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Elasticsearch again and again whether it is there, and has it prepared when it comes. */
public final class EngineWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private static final String OURS = "parley-*";

    private final SearchEngine engine;
    private final List<EnginePreparation> preparations;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("search-engine-watch").unstarted(this::watch);
    private String told = "";

    private EngineWatch(SearchEngine engine, List<EnginePreparation> preparations) {
        this.engine = engine;
        this.preparations = preparations;
    }

    public static EngineWatch start(SearchEngine engine, List<EnginePreparation> preparations) {
        EngineWatch watch = new EngineWatch(engine, preparations);
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
                engine.isSilent("some of its indexes cannot be read");
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
            engine.isSilent("it is not as it has to be");
        }
    }

    /** Once, however often it is tried again. */
    private void tell(RuntimeException failure) {
        String problem = failure.toString();
        if (!problem.equals(told)) {
            log.error("Search cannot be made ready", failure);
            told = problem;
        }
    }
}
