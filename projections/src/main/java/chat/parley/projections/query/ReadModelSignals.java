package chat.parley.projections.query;

import chat.parley.api.conversation.ConversationId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes those who wait for the read model. What other nodes write is not signalled here, so waits also look again. */
public final class ReadModelSignals {
    /** A processor that skips events of others advances without a signal, usually within a few milliseconds. */
    private static final long LOOK_AGAIN_MS = 10;

    private static final long LOOK_FOR_HEAD_AGAIN_MS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Map<ConversationId, CompletableFuture<Void>> heads = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Runnable> whenAwaited = ConcurrentHashMap.newKeySet();

    /** A processor has come further. */
    public void advanced() {
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A conversation's new head can be read. */
    public void headMoved(ConversationId conversation, long head) {
        CompletableFuture<Void> waiting = heads.remove(conversation);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Whether somebody waits for the read model to come further. */
    public boolean isAwaited() {
        return waiting.get() > 0;
    }

    /** Runs this whenever somebody begins to wait. */
    public void whenAwaited(Runnable hurry) {
        whenAwaited.add(hurry);
    }

    public void forget(Runnable hurry) {
        whenAwaited.remove(hurry);
    }

    /** Whether it became true in time. */
    public boolean awaitProgress(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        return whileAwaited(() -> progressed(reached, atMost));
    }

    /** Whether it became true in time. */
    boolean awaitHead(ConversationId conversation, BooleanSupplier reached, Duration atMost)
            throws InterruptedException {
        return whileAwaited(() -> moved(conversation, reached, atMost));
    }

    private boolean whileAwaited(Wait wait) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            whenAwaited.forEach(Runnable::run);
            return wait.await();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private interface Wait {
        boolean await() throws InterruptedException;
    }

    private boolean progressed(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!reached.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                long atMostNow = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS));
                if (advanced.awaitNanos(atMostNow) <= 0 && left <= atMostNow) {
                    return reached.getAsBoolean();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean moved(ConversationId conversation, BooleanSupplier reached, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            // Registered before looking, so that what comes in between is not missed.
            CompletableFuture<Void> moved = heads.computeIfAbsent(conversation, any -> new CompletableFuture<>());
            if (reached.getAsBoolean()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                moved.get(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_FOR_HEAD_AGAIN_MS)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                heads.remove(conversation, moved);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
