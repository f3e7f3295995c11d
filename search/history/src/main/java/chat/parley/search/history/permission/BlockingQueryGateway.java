package chat.parley.search.history.permission;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a query to the read side and waits a bounded time for its answer. Every failure becomes a refusal. */
public final class BlockingQueryGateway {
    private static final Logger log = LoggerFactory.getLogger(BlockingQueryGateway.class);

    /** As long as other reads over HTTP. */
    private static final long TIMEOUT_SECONDS = 5;

    private final QueryGateway gateway;

    public BlockingQueryGateway(QueryGateway gateway) {
        this.gateway = gateway;
    }

    /** @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} without an answer */
    public <R> R ask(Object query, Class<R> answer) {
        try {
            return gateway.query(query, answer).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } catch (ExecutionException e) {
            throw new Refused(Refused.in(e).orElseGet(() -> failed(query, e)));
        }
    }

    /** Logs only the type of the query, because queries contain private text. */
    private static Refusal failed(Object query, ExecutionException failure) {
        log.warn(
                "The read side did not answer a {}: {}",
                query.getClass().getSimpleName(),
                ExceptionSummary.describe(failure));
        return Refusal.RETRY_LATER;
    }
}
