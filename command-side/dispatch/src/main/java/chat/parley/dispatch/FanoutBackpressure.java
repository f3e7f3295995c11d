package chat.parley.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the fan-out keeps up with the feed. While it does not, commands of this node's sessions wait: if messages
 * were acknowledged faster than they are delivered, every delivery would be late.
 */
public final class FanoutBackpressure {
    private static final long UP_TO_DATE = Long.MAX_VALUE;

    private final long graceNanos;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition caughtUp = lock.newCondition();
    private volatile long behindSince = UP_TO_DATE;

    /**
     * @param grace    time that the fan-out may be behind the feed without a break before senders wait
     * @param patience longest wait of one sender, so that a fan-out that has stopped does not prevent sending
     */
    public FanoutBackpressure(Duration grace, Duration patience) {
        graceNanos = grace.toNanos();
        patienceNanos = patience.toNanos();
    }

    /** Reports after an event whether the feed already has another one. Called by the thread that follows the feed. */
    public void isBehind(boolean behind) {
        if (behind) {
            if (behindSince == UP_TO_DATE) {
                behindSince = System.nanoTime();
            }
        } else if (behindSince != UP_TO_DATE) {
            behindSince = UP_TO_DATE;
            lock.lock();
            try {
                caughtUp.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns once the fan-out keeps up, at the latest after {@code patience}. */
    public void await() throws InterruptedException {
        if (keepsUp()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (!keepsUp() && left > 0) {
                left = caughtUp.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean keepsUp() {
        long since = behindSince;
        return since == UP_TO_DATE || System.nanoTime() - since < graceNanos;
    }
}
