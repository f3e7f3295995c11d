package chat.parley.app.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports whether a store answers within a limit, and up to which index it has the events. */
abstract class IndexHealth implements HealthIndicator {
    private static final long TIMEOUT_SECONDS = 2;

    /** Asks the store, on a thread of its own. */
    abstract long index();

    @Override
    public final Health health() {
        try {
            long index = CompletableFuture.supplyAsync(this::index, task -> Thread.startVirtualThread(task))
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
            return Health.up().withDetail("index", index).build();
        } catch (CompletionException e) {
            return Health.down(e).build();
        }
    }
}
