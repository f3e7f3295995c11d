package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.FindReadModelState;
import chat.parley.eventprocessing.query.QueryClient;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.queryhandling.QueryGateway;

/** Asks the read side, which is a moment behind: a no is only believed once it has caught up. */
public final class ReadModelClient {
    private final QueryClient queries;
    private final EventFeed events;

    /** @param timeout how long a read model may take to answer */
    public ReadModelClient(QueryGateway queries, EventFeed events, Duration timeout) {
        this.queries = new QueryClient(queries, timeout);
        this.events = events;
    }

    /** @throws Refused as the handler refused, or {@link Refusal#RETRY_LATER} without an answer */
    public <R> R ask(Object query, Class<R> answer) {
        return queries.ask(query, answer);
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
