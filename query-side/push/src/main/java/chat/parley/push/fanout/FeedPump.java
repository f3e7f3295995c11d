package chat.parley.push.fanout;

import chat.parley.api.port.EventFeed;
import chat.parley.dispatch.FanoutBackpressure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The one thread that follows the event feed from its head and hands each event to the fan-out. */
public final class FeedPump implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FeedPump.class);

    /** Before the web server takes its first socket, and until it has closed the last: it starts 2,048 below the last. */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final EventFeed feed;
    private final Fanout fanout;
    private final FanoutBackpressure headway;
    private volatile @Nullable Thread thread;

    public FeedPump(EventFeed feed, Fanout fanout, FanoutBackpressure headway) {
        this.feed = feed;
        this.fanout = fanout;
        this.headway = headway;
    }

    @Override
    public void start() {
        fanout.startAfter(feed.head());
        Thread started = Thread.ofPlatform().name("parley-fanout").daemon().unstarted(this::run);
        thread = started;
        started.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(POLL.multipliedBy(2));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        while (isCurrent()) {
            try {
                follow();
            } catch (InterruptedException stopped) {
                return;
            } catch (Exception broken) {
                if (!isCurrent()) {
                    return;
                }
                log.warn("The event feed broke off; following it again from {}", fanout.processed(), broken);
                try {
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    private void follow() throws InterruptedException {
        try (EventFeed.Follower follower = feed.follow(fanout.processed())) {
            while (isCurrent()) {
                EventFeed.Item item = follower.next(POLL);
                if (item != null) {
                    boolean more = follower.hasNext();
                    fanout.accept(item, more);
                    headway.isBehind(more);
                }
            }
        } finally {
            fanout.flush();
        }
    }

    private boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }
}
