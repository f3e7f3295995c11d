package chat.parley.dispatch;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.FindReadModelState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the read side, which is a moment behind: a no is only believed once it has caught up. */
public final class ReadModelClient {
    private static final Logger log = LoggerFactory.getLogger(ReadModelClient.class);

    private final QueryGateway queries;
    private final EventFeed events;
    private final long timeoutMillis;

    /** @param timeout how long a read model may take to answer */
    public ReadModelClient(QueryGateway queries, EventFeed events, Duration timeout) {
        this.queries = queries;
        this.events = events;
        this.timeoutMillis = timeout.toMillis();
    }

    public <R> R ask(Object query, Class<R> answer) {
        try {
            return queries.query(query, answer).get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused(Refusal.RETRY_LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } catch (ExecutionException e) {
            Optional<Refusal> refused = Refused.in(e);
            if (refused.isEmpty()) {
                log.warn("A {} was not answered: {}", query.getClass().getSimpleName(), ExceptionSummary.describe(e));
            }
            throw new Refused(refused.orElse(Refusal.RETRY_LATER));
        }
    }

    /**
     * Asks, and where the answer is not {@code enough} or is one of the refusals that time may change, asks again with
     * everything stored so far included.
     */
    public <R> R askSurely(Object query, Class<R> answer, Predicate<R> enough) {
        return askSurely(() -> ask(query, answer), enough);
    }

    private <R> R askSurely(Supplier<R> question, Predicate<R> enough) {
        try {
            R first = question.get();
            if (enough.test(first)) {
                return first;
            }
        } catch (Refused early) {
            if (!mayChange(early.refusal())) {
                throw early;
            }
        }
        catchUp();
        return question.get();
    }

    /** Returns once every read model includes everything stored until now; refuses where that takes too long. */
    public void catchUp() {
        ask(new FindReadModelState(events.head()), FindReadModelState.State.class);
    }

    private static boolean mayChange(Refusal refusal) {
        return refusal == Refusal.USER_NOT_FOUND
                || refusal == Refusal.CONVERSATION_NOT_FOUND
                || refusal == Refusal.NOT_A_MEMBER;
    }
}
