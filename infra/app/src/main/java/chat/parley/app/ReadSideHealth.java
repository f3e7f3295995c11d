package chat.parley.app;

import chat.parley.api.port.FindReadModelState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Reports whether the read side answers, and its progress. Spring's own MongoDB check uses a command that the stand-in
 * does not support.
 */
@Component("readSideHealthIndicator")
class ReadSideHealth implements HealthIndicator {
    private static final long TIMEOUT_SECONDS = 2;

    private final QueryGateway queries;

    ReadSideHealth(QueryGateway queries) {
        this.queries = queries;
    }

    @Override
    public Health health() {
        try {
            FindReadModelState.State state = CompletableFuture.completedFuture(new FindReadModelState(Long.MIN_VALUE))
                    // On a thread of its own, because a handler of this node answers on the asking thread.
                    .thenComposeAsync(
                            query -> queries.query(query, FindReadModelState.State.class),
                            task -> Thread.startVirtualThread(task))
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
            return Health.up().withDetail("index", state.index()).build();
        } catch (CompletionException e) {
            return Health.down(e).build();
        }
    }
}
