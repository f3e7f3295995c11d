package chat.parley.push.fanout;

import chat.parley.api.port.EventFeed;
import chat.parley.dispatch.FanoutBackpressure;
import chat.parley.eventprocessing.feed.FeedFollower;
import org.springframework.context.SmartLifecycle;

/** Passes the event feed to the fan-out, and reports after each event whether the fan-out is behind the feed. */
public final class FanoutFeedListener implements FeedFollower.Listener {
    /**
     * The phase of the follower. It starts before the web server accepts the first socket and stops after the web server
     * has closed the last one; the web server starts 2,048 below the default phase.
     */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final Fanout fanout;
    private final FanoutBackpressure backpressure;

    private FanoutFeedListener(Fanout fanout, FanoutBackpressure backpressure) {
        this.fanout = fanout;
        this.backpressure = backpressure;
    }

    /** The thread that feeds the fan-out. */
    public static FeedFollower follower(EventFeed feed, Fanout fanout, FanoutBackpressure backpressure) {
        return new FeedFollower(feed, new FanoutFeedListener(fanout, backpressure), "parley-fanout", PHASE);
    }

    @Override
    public void startAfter(long index) {
        fanout.startAfter(index);
    }

    @Override
    public void accept(EventFeed.Item item, boolean more) {
        fanout.accept(item, more);
        backpressure.isBehind(more);
    }

    @Override
    public void interrupted() {
        fanout.flush();
    }
}
