package chat.parley.eventprocessing.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes threads that wait for processors to advance, and tells processors that a thread waits.
 *
 * <p>Progress on other nodes is not signalled here, so a wait also checks its condition at intervals.
 */
public final class ProgressSignal {
    /** A processor that skips events of others advances without a signal, usually within a few milliseconds. */
    private static final long RECHECK_MS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Runnable> whenAwaited = ConcurrentHashMap.newKeySet();

    /** A wait of a kind of its own, which also makes processors hurry. */
    @FunctionalInterface
    public interface Wait {
        boolean await() throws InterruptedException;
    }

    /** Tells that a processor has advanced. */
    public void advanced() {
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread waits for progress. */
    public boolean isAwaited() {
        return waiting.get() > 0;
    }

    /** Runs this whenever a thread begins to wait. */
    public void whenAwaited(Runnable hurry) {
        whenAwaited.add(hurry);
    }

    public void forget(Runnable hurry) {
        whenAwaited.remove(hurry);
    }

    /** Waits until the condition holds; whether it came to hold in time. */
    public boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        return whileAwaited(() -> untilReached(reached, atMost));
    }

    /** Waits in another way; until that ends, processors do not linger. */
    public boolean whileAwaited(Wait wait) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            whenAwaited.forEach(Runnable::run);
            return wait.await();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private boolean untilReached(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!reached.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                long atMostNow = Math.min(left, TimeUnit.MILLISECONDS.toNanos(RECHECK_MS));
                if (advanced.awaitNanos(atMostNow) <= 0 && left <= atMostNow) {
                    return reached.getAsBoolean();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
