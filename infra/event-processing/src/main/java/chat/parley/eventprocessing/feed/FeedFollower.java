package chat.parley.eventprocessing.feed;

import chat.parley.api.port.EventFeed;
import chat.parley.api.process.OwnedThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Follows the event feed from its head and passes each event to one listener, once and in order.
 *
 * <ol>
 *   <li>{@link #start} reads the head of the feed, tells the listener that events after the head follow, and starts the
 *       thread.
 * <li>The thread opens the feed after the last event that the listener accepted, and passes on one event after the
 * other.
 * <li>When the feed or the listener fails, the thread closes the feed and opens it again, after a pause if no event was
 * accepted since the last failure. An event on which the listener failed is passed again. An event that the listener
 * accepted is not, even if the feed repeats it.
 *   <li>{@link #stop} interrupts the thread and waits at most {@value #STOP_LIMIT_SECONDS} s for its end.
 * </ol>
 *
 * <p>Threading: the listener is called by this one thread, except for {@link Listener#startAfter}, which the thread that
 * starts the follower calls before.
 */
public final class FeedFollower implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FeedFollower.class);

    private static final int STOP_LIMIT_SECONDS = 2;

    /** Maximum wait of one read of the feed. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final EventFeed feed;
    private final Listener listener;
    private final OwnedThread thread;
    private final int phase;
    private final BackOff backOff;
    private volatile long taken = -1;

    /** @param phase the phase in which Spring starts and stops it, see {@link SmartLifecycle#getPhase} */
    public FeedFollower(EventFeed feed, Listener listener, String threadName, int phase) {
        this(feed, listener, threadName, phase, pausesAfterFailures());
    }

    FeedFollower(EventFeed feed, Listener listener, String threadName, int phase, BackOff backOff) {
        this.feed = feed;
        this.listener = listener;
        this.thread = new OwnedThread(threadName, this::run, Duration.ofSeconds(STOP_LIMIT_SECONDS));
        this.phase = phase;
        this.backOff = backOff;
    }

    /** Receives the events. */
    @FunctionalInterface
    public interface Listener {
        /** The next event follows this index. */
        default void startAfter(long index) {}

        /**
         * Handles the next event.
         *
         * @param more whether the feed already has the following event
         */
        void accept(EventFeed.Item item, boolean more);

        /** The feed is closed, so the event announced by {@code more} may be late. */
        default void interrupted() {}
    }

    /** 250 ms, 500 ms, then one second each, so that delivery resumes soon after the store does. */
    private static BackOff pausesAfterFailures() {
        ExponentialBackOff pauses = new ExponentialBackOff(250, 2);
        pauses.setMaxInterval(1_000);
        return pauses;
    }

    @Override
    public synchronized void start() {
        if (thread.isStarted()) {
            return;
        }
        long head = feed.head();
        taken = head;
        listener.startAfter(head);
        thread.start();
    }

    @Override
    public synchronized void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    @Override
    public int getPhase() {
        return phase;
    }

    private void run() {
        try {
            while (thread.isCurrent()) {
                boolean _ = Retry.until(progress -> progress, backOff, this::followUntilFailure);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if the feed or the listener failed before the listener accepted an event */
    private boolean followUntilFailure() throws InterruptedException {
        long before = taken;
        try {
            follow();
        } catch (RuntimeException failed) {
            if (thread.isCurrent()) {
                log.warn(
                        "{} failed to read the event feed after index {}; reading it again",
                        thread.name(),
                        taken,
                        failed);
            }
        }
        return taken > before || !thread.isCurrent();
    }

    private void follow() throws InterruptedException {
        try (EventFeed.Follower events = feed.follow(taken)) {
            while (thread.isCurrent()) {
                EventFeed.Item item = events.next(POLL);
                if (item != null && item.index() > taken) {
                    listener.accept(item, events.hasNext());
                    taken = item.index();
                }
            }
        } finally {
            listener.interrupted();
        }
    }
}
