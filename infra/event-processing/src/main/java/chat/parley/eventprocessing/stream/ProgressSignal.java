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
 * <p>Progress on other nodes may not be signalled here, so a wait also checks its condition at intervals.
 */
public final class ProgressSignal {
    /** A processor that skips events of others advances without a signal, usually within a few milliseconds. */
    private static final long RECHECK_MS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Runnable> whenAwaited = ConcurrentHashMap.newKeySet();
    private volatile Runnable askOthers = () -> {};

    /** A wait with its own condition, during which processors do not linger. */
    @FunctionalInterface
    public interface Wait {
        boolean await() throws InterruptedException;
    }

    /** Signals that a processor has advanced. */
    public void advanced() {
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread is waiting for progress. */
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

    /** Runs this whenever a thread begins to wait that may wait for other nodes. */
    public void askOthers(Runnable ask) {
        askOthers = ask;
    }

    /** Waits until the condition holds. False on a timeout. */
    public boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        return whileAwaited(() -> untilReached(reached, atMost));
    }

    /** Waits until the condition holds, which depends on the processors of this node only. False on a timeout. */
    public boolean awaitHere(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        return hurried(() -> untilReached(reached, atMost));
    }

    /** Runs this wait. Processors do not linger until it ends. */
    public boolean whileAwaited(Wait wait) throws InterruptedException {
        askOthers.run();
        return hurried(wait);
    }

    private boolean hurried(Wait wait) throws InterruptedException {
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
