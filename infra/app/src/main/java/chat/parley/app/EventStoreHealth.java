package chat.parley.app;

import chat.parley.api.port.RawEvents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Reports whether Axon Server answers. Embedded, the events are in PostgreSQL, for which Spring has a check. */
@Component("eventStoreHealthIndicator")
@ConditionalOnProperty(name = "parley.engines", havingValue = "server")
class EventStoreHealth implements HealthIndicator {
    private static final long TIMEOUT_SECONDS = 2;

    private final RawEvents events;

    EventStoreHealth(RawEvents events) {
        this.events = events;
    }

    @Override
    public Health health() {
        try {
            long head = CompletableFuture.supplyAsync(events::head, task -> Thread.startVirtualThread(task))
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
            return Health.up().withDetail("index", head).build();
        } catch (CompletionException e) {
            return Health.down(e).build();
        }
    }
}
