package chat.parley.app;

import chat.parley.api.Refused;
import chat.parley.api.port.FindReadModelState;
import chat.parley.eventprocessing.query.QueryClient;
import java.time.Duration;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final QueryClient readSide;

    ReadSideHealth(QueryGateway queries) {
        this.readSide = new QueryClient(queries, TIMEOUT);
    }

    @Override
    public Health health() {
        try {
            FindReadModelState.State state =
                    readSide.ask(new FindReadModelState(Long.MIN_VALUE), FindReadModelState.State.class);
            return Health.up().withDetail("index", state.index()).build();
        } catch (Refused unanswered) {
            return Health.down(unanswered).build();
        }
    }
}
