package chat.parley.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the fan-out keeps up with the feed. While it does not, this node's own sessions wait with what they send:
 * acknowledging faster than is delivered would only make everything that is delivered late.
 */
public final class FanoutBackpressure {
    private static final long UP_TO_DATE = Long.MAX_VALUE;

    private final long graceNanos;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition caughtUp = lock.newCondition();
    private volatile long behindSince = UP_TO_DATE;

    /**
     * @param grace    how long the feed may have been ahead without a break before anybody waits
     * @param patience how long anybody waits: a fan-out that stands still stops nobody from sending
     */
    public FanoutBackpressure(Duration grace, Duration patience) {
        graceNanos = grace.toNanos();
        patienceNanos = patience.toNanos();
    }

    /** After an event: is there another one already? For the thread that follows the feed. */
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

    /** Returns at once where the fan-out keeps up, else when it does again or the patience is over. */
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
