package chat.parley.push.fanout;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock whose holder also runs the work that other threads have enqueued for it (flat combining). So the thread that
 * follows the feed is not suspended once per subscriber that needs the lock, and another thread waits at most for one
 * event and the work that was enqueued before its own.
 */
public final class CombiningLock {
    /** Maximum enqueued work between two events, so that many connecting clients do not delay the next event. */
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

    /** Runs this before the work that other threads have enqueued, and runs that afterwards. */
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
     * Enqueues this work and waits for its answer. This thread or the holder of the lock runs it.
     *
     * @throws java.util.concurrent.CompletionException with the exception of the work as cause
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
