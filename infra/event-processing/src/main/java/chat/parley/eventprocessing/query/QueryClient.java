package chat.parley.eventprocessing.query;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends queries to the read side and waits a bounded time for each answer. Every failure becomes a refusal. */
public final class QueryClient {
    private static final Logger log = LoggerFactory.getLogger(QueryClient.class);

    private final QueryGateway gateway;
    private final long timeoutMs;

    /** @param timeout how long a query may take to be answered */
    public QueryClient(QueryGateway gateway, Duration timeout) {
        this.gateway = gateway;
        this.timeoutMs = timeout.toMillis();
    }

    /**
     * Asks on a thread that stays interrupted if it is.
     *
     * @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} without an answer
     */
    public <R> R ask(Object query, Class<R> answer) {
        try {
            return askInterruptibly(query, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    /** @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} without an answer */
    public <R> R askInterruptibly(Object query, Class<R> answer) throws InterruptedException {
        try {
            return gateway.query(query, answer).get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER);
        } catch (ExecutionException e) {
            throw new Refused(Refused.in(e).orElseGet(() -> failed(query, e)));
        }
    }

    /**
     * Logs only the type of the query, because queries contain private text. Nothing is logged while no handler is
     * registered, which is the case at each start.
     */
    private static Refusal failed(Object query, ExecutionException failure) {
        if (failure.getCause() instanceof NoHandlerForQueryException) {
            return Refusal.RETRY_LATER;
        }
        log.warn(
                "The read side did not answer a {}: {}",
                query.getClass().getSimpleName(),
                ExceptionSummary.describe(failure));
        return Refusal.RETRY_LATER;
    }
}
