package chat.parley.identity.login;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.web.problem.RateLimited;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Where requests wait until a gate lets the next one pass: the best in rank first, and of equals the first that came. There
 * are so many seats; where none is free, the worst in rank gives up its seat or does not get one. Whoever waits holds a
 * virtual thread and nothing else.
 */
public final class RankedWaitQueue {
    /** When to try again where nobody can say. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Gate gate;
    private final int seats;
    private final TreeSet<Visitor> waiting =
            new TreeSet<>(Comparator.comparing(Visitor::rank).thenComparingLong(Visitor::number));
    private long visitors;

    public RankedWaitQueue(Gate gate, int seats) {
        this.gate = gate;
        this.seats = seats;
    }

    /** Asked by one at a time. */
    public interface Gate {
        long CLOSED = Long.MAX_VALUE;

        /** Until somebody may pass: 0 for now, {@link #CLOSED} for not before somebody gives back. */
        long nanosLeft();

        public void pass();

        /** One who has passed has left, or is as if they never had. */
        public void giveBack();
    }

    /**
     * The smaller, the sooner.
     *
     * @param ofAddress how often attempts from there have come to nothing lately
     * @param ofAccount and on the same account
     * @param ofDevice  and with the same device
     */
    public record Rank(int ofAddress, int ofAccount, int ofDevice) implements Comparable<Rank> {
        /** Before everybody who is counted. */
        public static final Rank FIRST = new Rank(-1, 0, 0);
        /** Before everybody who has failed. */
        public static final Rank NEW = new Rank(0, 0, 0);

        private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::ofAddress)
                .thenComparingInt(Rank::ofAccount)
                .thenComparingInt(Rank::ofDevice);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private record Visitor(Rank rank, long number) {}

    /** @throws RateLimited where there is no seat, or not for that long */
    public synchronized void pass(Rank rank, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Visitor visitor = new Visitor(rank, visitors++);
        waiting.add(visitor);
        if (waiting.size() > seats) {
            waiting.pollLast();
            notifyAll();
        }
        try {
            for (long left = nanosLeft(visitor); left > 0; left = nanosLeft(visitor)) {
                long patienceLeft = deadline - System.nanoTime();
                if (patienceLeft <= 0 || !waiting.contains(visitor)) {
                    throw new RateLimited(retryAfter());
                }
                // Rounded up, so that nobody wakes just before their time.
                wait(TimeUnit.NANOSECONDS.toMillis(Math.min(left, patienceLeft)) + 1);
            }
            gate.pass();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        } finally {
            waiting.remove(visitor);
            notifyAll();
        }
    }

    public synchronized void giveBack() {
        gate.giveBack();
        notifyAll();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private long nanosLeft(Visitor visitor) {
        return !waiting.isEmpty() && waiting.first().equals(visitor) ? gate.nanosLeft() : Gate.CLOSED;
    }

    private Duration retryAfter() {
        long left = gate.nanosLeft();
        return Duration.ofNanos(left == 0 || left == Gate.CLOSED ? SOON_NANOS : left);
    }
}
