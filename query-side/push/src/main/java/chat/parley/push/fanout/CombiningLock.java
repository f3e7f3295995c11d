package chat.parley.push.fanout;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock whose holder also runs the work that other threads enqueued for it (flat combining). So the thread that follows
 * the feed is not suspended once per subscriber that needs the lock, and no other thread waits longer than for one event
 * and the work before its own.
 */
public final class CombiningLock {
    /** The most enqueued work between two events, so that many connecting clients do not hold up the next event. */
    private static final int MAX_COMBINED = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Enqueued<?>> enqueued = new ConcurrentLinkedQueue<>();

    private record Enqueued<T extends @Nullable Object>(Supplier<T> work, CompletableFuture<T> answer) {
        void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error failed) {
                answer.completeExceptionally(failed);
            }
        }
    }

    /** Runs this before the enqueued work of other threads, and that right after. */
    public void runFirst(Runnable work) {
        lock.lock();
        try {
            work.run();
            runEnqueued();
        } finally {
            lock.unlock();
        }
        drain();
    }

    /**
     * Enqueues this, runs it or lets the holder of the lock run it, and waits for the answer.
     *
     * @throws java.util.concurrent.CompletionException around what the work threw
     */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        Enqueued<T> mine = new Enqueued<>(work, new CompletableFuture<>());
        enqueued.add(mine);
        drain();
        return mine.answer().join();
    }

    /** As {@link #call}, without an answer. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** Drains work that was enqueued while another thread held the lock. */
    private void drain() {
        while (!enqueued.isEmpty() && lock.tryLock()) {
            try {
                runEnqueued();
            } finally {
                lock.unlock();
            }
        }
    }

    private void runEnqueued() {
        for (int i = 0; i < MAX_COMBINED; i++) {
            Enqueued<?> next = enqueued.poll();
            if (next == null) {
                return;
            }
            next.run();
        }
    }
}
