package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.web.problem.RateLimited;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A semaphore whose permits go to the waiter with the best priority, and among equal priorities to the one that came first.
 * The number of waiters is bounded: if there are too many, the one with the worst priority is refused. A waiter blocks its
 * (virtual) thread.
 */
public final class PrioritySemaphore {
    /** The wait that a refusal advises if the time of the next permit is unknown. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Permits permits;
    private final int maxWaiters;
    private final TreeSet<Waiter> waiting =
            new TreeSet<>(Comparator.comparing(Waiter::priority).thenComparingLong(Waiter::number));
    private long arrivals;

    public PrioritySemaphore(Permits permits, int maxWaiters) {
        this.permits = permits;
        this.maxWaiters = maxWaiters;
    }

    /** The source of permits. The semaphore calls it under its lock. */
    public interface Permits {
        long UNTIL_RELEASED = Long.MAX_VALUE;

        /** Time until the next permit: 0 if there is one, {@link #UNTIL_RELEASED} if only a release gives one. */
        long nanosUntilAvailable();

        void acquire();

        void release();
    }

    /**
     * A smaller value goes first.
     *
     * @param ofAddress recent failed attempts from the same address
     * @param ofAccount those of them on the same account
     * @param ofDevice  those of them with the same device
     */
    public record Priority(int ofAddress, int ofAccount, int ofDevice) implements Comparable<Priority> {
        /** For an attempt from a known source. */
        public static final Priority FIRST = new Priority(-1, 0, 0);
        /** For an attempt from a source without failures. */
        public static final Priority NEW = new Priority(0, 0, 0);

        private static final Comparator<Priority> ORDER = Comparator.comparingInt(Priority::ofAddress)
                .thenComparingInt(Priority::ofAccount)
                .thenComparingInt(Priority::ofDevice);

        @Override
        public int compareTo(Priority other) {
            return ORDER.compare(this, other);
        }
    }

    private record Waiter(Priority priority, long number) {}

    /** @throws RateLimited if there are too many waiters of better priority, or no permit within the timeout */
    public synchronized void acquire(Priority priority, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Waiter waiter = new Waiter(priority, arrivals++);
        waiting.add(waiter);
        if (waiting.size() > maxWaiters) {
            waiting.pollLast();
            notifyAll();
        }
        try {
            for (long left = nanosLeft(waiter); left > 0; left = nanosLeft(waiter)) {
                long timeoutLeft = deadline - System.nanoTime();
                if (timeoutLeft <= 0 || !waiting.contains(waiter)) {
                    throw new RateLimited(retryAfter());
                }
                // Rounded up, so that a waiter does not wake just before the permit.
                wait(TimeUnit.NANOSECONDS.toMillis(Math.min(left, timeoutLeft)) + 1);
            }
            permits.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } finally {
            waiting.remove(waiter);
            notifyAll();
        }
    }

    public synchronized void release() {
        permits.release();
        notifyAll();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private long nanosLeft(Waiter waiter) {
        return !waiting.isEmpty() && waiting.first().equals(waiter)
                ? permits.nanosUntilAvailable()
                : Permits.UNTIL_RELEASED;
    }

    private Duration retryAfter() {
        long left = permits.nanosUntilAvailable();
        return Duration.ofNanos(left == 0 || left == Permits.UNTIL_RELEASED ? SOON_NANOS : left);
    }
}
