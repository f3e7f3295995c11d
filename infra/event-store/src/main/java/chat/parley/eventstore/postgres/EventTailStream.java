package chat.parley.eventstore.postgres;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * All events after an index in their order. Reads older events from the database, then the newer ones from the tail
 * buffer, and waits for the writer at the head. Not thread-safe.
 */
public final class EventTailStream implements BlockingStream<TrackedEventMessage<?>> {
    /** Number of events taken from the buffer at once, to lock it less often. */
    private static final int BUFFER_BATCH = 256;

    private final EventTailBuffer buffer;
    private final EventReader reader;
    private final Function<List<StoredEvent>, List<TrackedEventMessage<?>>> decoder;
    private final ArrayDeque<TrackedEventMessage<?>> ready = new ArrayDeque<>();
    private long next;
    private @Nullable Runnable listener;
    private volatile boolean closed;

    public EventTailStream(
            EventTailBuffer buffer,
            EventReader reader,
            Function<List<StoredEvent>, List<TrackedEventMessage<?>>> decoder,
            long afterIndex) {
        this.buffer = buffer;
        this.reader = reader;
        this.decoder = decoder;
        this.next = afterIndex + 1;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return fill() ? Optional.of(ready.element()) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable() {
        return fill();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!fill()) {
            if (closed || !buffer.await(next, deadline - System.nanoTime())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.DAYS)) {
            if (closed) {
                throw new IllegalStateException("This stream of events is closed");
            }
        }
        return ready.remove();
    }

    /** Makes the next event available without waiting; false at the head. */
    private boolean fill() {
        while (ready.isEmpty() && !closed) {
            List<TrackedEventMessage<?>> newest = buffer.from(next, BUFFER_BATCH);
            if (newest == null) {
                readBatch();
            } else if (newest.isEmpty()) {
                return false;
            } else {
                ready.addAll(newest);
                next += newest.size();
            }
        }
        return !ready.isEmpty();
    }

    /** Counts rows, not events, because an upcaster may drop events. */
    private void readBatch() {
        List<StoredEvent> rows = reader.after(next - 1);
        if (rows.isEmpty()) {
            throw new IllegalStateException("The event with index " + next + " is missing from the event store");
        }
        ready.addAll(decoder.apply(rows));
        next = rows.getLast().globalIndex() + 1;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        forgetListener();
        listener = callback;
        buffer.addListener(callback);
        return true;
    }

    private void forgetListener() {
        if (listener != null) {
            buffer.removeListener(listener);
        }
    }

    @Override
    public void close() {
        closed = true;
        forgetListener();
    }
}
