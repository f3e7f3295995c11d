package chat.parley.eventstore.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events, as the messages they were published as, so that whoever follows the head reads no database and
 * decodes nothing. Bounded in number and in bytes; what falls out is read from the database.
 */
public final class EventTailBuffer {
    private static final Logger log = LoggerFactory.getLogger(EventTailBuffer.class);

    private record Slot(TrackedEventMessage<?> message, int bytes) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final @Nullable Slot[] slots;
    private final long maxBytes;

    /** Held are the indexes from {@code first} to {@code head}, both included. */
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

    /** Everything up to this index is durable, though not held here. */
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

    /** Takes the next events, which are durable; the first of them has this index. */
    public void publish(long firstIndex, List<PendingEvent> events) {
        lock.lock();
        try {
            if (firstIndex <= head) {
                throw new IllegalStateException("The tail has passed event " + firstIndex + " already");
            }
            if (firstIndex > head + 1) {
                clearUpTo(firstIndex - 1);
            }
            for (PendingEvent event : events) {
                add(event);
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        wakeListeners();
    }

    /** What a listener fails at is no business of the writer's: the events are stored. */
    private void wakeListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.warn("A follower of the events could not be woken", e);
            }
        }
    }

    private void add(PendingEvent event) {
        if (head + 1 - first == slots.length) {
            dropFirst();
        }
        head++;
        slots[slotOf(head)] = new Slot(event.at(head), event.bytes());
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

    /** At most so many events from this index on, none at the head; null where the ring begins after it. */
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

    /** Waits until the head has reached this index; false when it has not in time. */
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

    /** Runs on the writer's thread after each batch: only to wake somebody. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private Slot slot(long index) {
        Slot slot = slots[slotOf(index)];
        if (slot == null) {
            throw new IllegalStateException("The tail has no event " + index);
        }
        return slot;
    }

    private int slotOf(long index) {
        return (int) (index % slots.length);
    }
}
