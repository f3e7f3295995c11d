package chat.parley.notifications.decision;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;

/** Sends a query to the read side and waits a bounded time for its answer. Every failure becomes a refusal. */
public final class BlockingQueryGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final QueryGateway gateway;

    public BlockingQueryGateway(QueryGateway gateway) {
        this.gateway = gateway;
    }

    /** @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} without an answer */
    public <R> R ask(Object query, Class<R> answer) {
        try {
            return gateway.query(query, answer).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } catch (ExecutionException e) {
            throw new Refused(Refused.in(e).orElse(Refusal.RETRY_LATER));
        }
    }
}
