package chat.parley.push.fanout;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing at a time, done by whoever has the turn: others leave theirs to them (flat combining). So the thread that
 * follows the feed never sleeps once per session that wants something, and none of them waits for more than one event.
 */
public final class CombiningLock {
    /** What others may have done between two events; the next events are not kept waiting by a flood of sessions. */
    private static final int MAX_BETWEEN = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Asked<?>> asked = new ConcurrentLinkedQueue<>();

    private record Asked<T extends @Nullable Object>(Supplier<T> work, CompletableFuture<T> answer) {
        void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error failed) {
                answer.completeExceptionally(failed);
            }
        }
    }

    /** Takes the turn, before those who have asked; they come right after. */
    public void take(Runnable work) {
        lock.lock();
        try {
            work.run();
            runAsked();
        } finally {
            lock.unlock();
        }
        help();
    }

    /**
     * Has this done in turn and waits for it.
     *
     * @throws java.util.concurrent.CompletionException around what the work threw
     */
    public <T extends @Nullable Object> T ask(Supplier<T> work) {
        Asked<T> mine = new Asked<>(work, new CompletableFuture<>());
        asked.add(mine);
        help();
        return mine.answer().join();
    }

    /** As {@link #ask}, with nothing to answer. */
    public void run(Runnable work) {
        ask(() -> {
            work.run();
            return true;
        });
    }

    /** Nothing is left lying: what was asked while somebody had the turn is seen by them here, after they gave it back. */
    private void help() {
        while (!asked.isEmpty() && lock.tryLock()) {
            try {
                runAsked();
            } finally {
                lock.unlock();
            }
        }
    }

    private void runAsked() {
        for (int i = 0; i < MAX_BETWEEN; i++) {
            Asked<?> next = asked.poll();
            if (next == null) {
                return;
            }
            next.run();
        }
    }
}
