package chat.parley.eventstore.postgres;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** The events of one command, stored together or not at all, and the future that the caller waits for. */
public final class PendingAppend {
    private final List<PendingEvent> events;
    private final int bytes;
    private final CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();

    public PendingAppend(List<PendingEvent> events) {
        this.events = events;
        this.bytes = events.stream().mapToInt(PendingEvent::bytes).sum();
    }

    List<PendingEvent> events() {
        return events;
    }

    int bytes() {
        return bytes;
    }

    public void stored() {
        answer.complete(null);
    }

    /** PostgreSQL rejected these events; none of them is stored. */
    void rejected(SQLException reason) {
        answer.completeExceptionally(reason);
    }

    /** None of the events is stored. */
    void notStored(String message, @Nullable Throwable reason) {
        fail(message, Refusal.RETRY_LATER, reason);
    }

    /** The events may be stored or not; this is unknown until PostgreSQL is reachable. */
    void unknown(String message, @Nullable Throwable reason) {
        fail(message, Refusal.OUTCOME_UNKNOWN, reason);
    }

    private void fail(String message, Refusal refusal, @Nullable Throwable reason) {
        answer.completeExceptionally(failure(message, refusal, reason));
    }

    /** Callers look for the refusal; the database's exception is added for the log. */
    private static EventStoreException failure(String message, Refusal refusal, @Nullable Throwable reason) {
        EventStoreException failure = new EventStoreException(message, new Refused(refusal));
        if (reason != null) {
            failure.addSuppressed(reason);
        }
        return failure;
    }

    /** @throws SQLException if PostgreSQL rejected the events */
    public void await() throws SQLException {
        try {
            answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("Interrupted while waiting for the events to be stored", Refusal.OUTCOME_UNKNOWN, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException rejected) {
                throw rejected;
            }
            throw new EventStoreException("The events were not confirmed", e.getCause());
        }
    }
}
