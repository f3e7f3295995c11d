package chat.parley.audit.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/** Reads and decodes the next events of a conversation while the present ones are handled. For one thread. */
final class EventsAhead implements AutoCloseable {
    private static final int BATCH = 256;

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("transcript-events").start(task);

    private final DomainEventStream events;
    private long left;
    private CompletableFuture<List<DomainEventMessage<?>>> next;

    /** @param through number of events that are read */
    EventsAhead(DomainEventStream events, long through) {
        this.events = events;
        this.left = through;
        next = readAhead();
    }

    private CompletableFuture<List<DomainEventMessage<?>>> readAhead() {
        int size = (int) Math.min(BATCH, left);
        left -= size;
        return CompletableFuture.supplyAsync(() -> read(size), THREADS);
    }

    private List<DomainEventMessage<?>> read(int size) {
        List<DomainEventMessage<?>> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(events.next());
        }
        return batch;
    }

    /** The next events; empty at the end. Throws what the store has thrown. */
    List<DomainEventMessage<?>> next() {
        try {
            List<DomainEventMessage<?>> batch = next.join();
            next = readAhead();
            return batch;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }

    /** Waits for the events that are being read. What becomes of them does not matter any more. */
    @Override
    public void close() {
        next.handle((batch, failed) -> batch).join();
    }
}
