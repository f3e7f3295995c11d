package chat.parley.eventstore.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A buffer of the newest events as the published messages, so that readers at the head need no database and no
 * decoding. Bounded in number and in bytes; readers that need an older event read it from the database.
 */
public final class EventTailBuffer {
    private static final Logger log = LoggerFactory.getLogger(EventTailBuffer.class);

    /** An event with its size in its stored form. */
    record Slot(TrackedEventMessage<?> message, int bytes) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final @Nullable Slot[] slots;
    private final long maxBytes;

    /** Contains the indexes from {@code first} to {@code head}, both included. */
    private long first = 0;

    private long head = -1;
    private long bytes;

    public EventTailBuffer(int maxEvents, long maxBytes) {
        this.slots = new @Nullable Slot[maxEvents];
        this.maxBytes = maxBytes;
    }

    long head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** @param identifier of the event; null if it is not in this buffer */
    record Newest(long index, @Nullable String identifier) {}

    Newest newest() {
        lock.lock();
        try {
            return new Newest(head, first <= head ? slot(head).message().getIdentifier() : null);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the head to this index: everything up to it is durable, but not in this buffer. */
    void advanceTo(long newHead) {
        lock.lock();
        try {
            if (newHead <= head) {
                return;
            }
            clearUpTo(newHead);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        wakeListeners();
    }

    /**
     * Adds events, which are durable, from this index on. Those up to the head are known already: where several nodes
     * append, the writer and the reader of other nodes' events may both bring an event.
     */
    public void publish(long firstIndex, List<PendingEvent> events) {
        publish(firstIndex, events.size(), i -> {
            PendingEvent event = events.get(i);
            return new Slot(event.at(firstIndex + i), event.bytes());
        });
    }

    void publish(long firstIndex, int events, IntFunction<Slot> event) {
        lock.lock();
        try {
            if (firstIndex + events <= head + 1) {
                return;
            }
            if (firstIndex > head + 1) {
                clearUpTo(firstIndex - 1);
            }
            for (int i = (int) (head + 1 - firstIndex); i < events; i++) {
                add(event.apply(i));
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        wakeListeners();
    }

    /** An exception of a listener must not reach the writer: the events are stored. */
    private void wakeListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.warn("A listener of the event tail failed; the events are stored", e);
            }
        }
    }

    private void add(Slot event) {
        if (head + 1 - first == slots.length) {
            dropFirst();
        }
        head++;
        slots[slotOf(head)] = event;
        bytes += event.bytes();
        while (bytes > maxBytes && first < head) {
            dropFirst();
        }
    }

    private void dropFirst() {
        bytes -= slot(first).bytes();
        slots[slotOf(first)] = null;
        first++;
    }

    private void clearUpTo(long newHead) {
        while (first <= head) {
            dropFirst();
        }
        head = newHead;
        first = newHead + 1;
    }

    /**
     * At most {@code atMost} events from this index on; empty at the head; null if the buffer begins after this index.
     */
    @Nullable
    List<TrackedEventMessage<?>> from(long index, int atMost) {
        lock.lock();
        try {
            if (index < first) {
                return null;
            }
            List<TrackedEventMessage<?>> events = new ArrayList<>();
            for (long i = index; i <= head && events.size() < atMost; i++) {
                events.add(slot(i).message());
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the head has reached this index; false on a timeout. */
    boolean await(long index, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (head < index) {
                if (left <= 0) {
                    return false;
                }
                left = grown.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs on the writer's thread after each batch, so it may only wake another thread. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private Slot slot(long index) {
        Slot slot = slots[slotOf(index)];
        if (slot == null) {
            throw new IllegalStateException("The tail buffer has no event " + index);
        }
        return slot;
    }

    private int slotOf(long index) {
        return (int) (index % slots.length);
    }
}
