package chat.parley.query.http;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the read side and waits a bounded time for its answer; whatever goes wrong becomes a refusal. */
public final class Queries {
    private static final Logger log = LoggerFactory.getLogger(Queries.class);

    private final QueryGateway gateway;
    private final long timeoutMillis;

    public Queries(QueryGateway gateway, QueryHttpProperties properties) {
        this.gateway = gateway;
        this.timeoutMillis = properties.timeout().toMillis();
    }

    /** @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} where there was no answer */
    public <R> R ask(Object query, Class<R> answer) {
        try {
            return gateway.query(query, answer).get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } catch (ExecutionException e) {
            throw new Refused(Refused.in(e).orElseGet(() -> failed(query, e)));
        }
    }

    /** Only the kind of question is told: what people search for is theirs. */
    private static Refusal failed(Object query, ExecutionException failure) {
        log.warn("A {} was not answered: {}", query.getClass().getSimpleName(), ExceptionSummary.describe(failure));
        return Refusal.RETRY_LATER;
    }
}
