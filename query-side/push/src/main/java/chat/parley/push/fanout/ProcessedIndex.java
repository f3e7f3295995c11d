package chat.parley.push.fanout;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The index up to which the fan-out has processed the feed, and the threads that wait for an index.
 *
 * <p>Threading: any thread may call {@link #get}; the other methods are guarded by the lock of the fan-out.
 */
final class ProcessedIndex {
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::index));
    private volatile long processed = -1;

    /** @param reached completed once this index is processed */
    record Waiter(long index, CompletableFuture<Void> reached) {
        static Waiter of(long index) {
            return new Waiter(index, new CompletableFuture<>());
        }
    }

    long get() {
        return processed;
    }

    void advanceTo(long index) {
        processed = index;
        for (Waiter next = waiters.peek(); next != null && next.index() <= index; next = waiters.peek()) {
            waiters.remove();
            next.reached().complete(null);
        }
    }

    void add(Waiter waiter) {
        if (waiter.index() <= processed) {
            waiter.reached().complete(null);
        } else {
            waiters.add(waiter);
        }
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
    }
}
