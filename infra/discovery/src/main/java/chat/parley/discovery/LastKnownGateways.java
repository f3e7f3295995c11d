package chat.parley.discovery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The announcements of all nodes as last read, by node. After a disturbance of the registry, nodes that it does not have
 * are kept for a while, because they live and have not registered again yet. Written by one thread at a time.
 */
final class LastKnownGateways {
    private final Duration settling;
    private final LongSupplier nanos;
    private volatile Map<String, Announcement> known = Map.of();
    private volatile boolean away;
    private volatile long settledAt;

    /**
     * @param settling how long lost nodes are kept after a disturbance
     * @param nanos    the monotonic clock
     */
    LastKnownGateways(Duration settling, LongSupplier nanos) {
        this.settling = settling;
        this.nanos = nanos;
        this.settledAt = nanos.getAsLong();
    }

    void away() {
        away = true;
    }

    /** The registry is back, or has lost something. */
    void disturbed() {
        away = false;
        settledAt = nanos.getAsLong() + settling.toNanos();
    }

    void update(Map<String, Announcement> read) {
        Map<String, Announcement> now = new HashMap<>();
        if (away || nanos.getAsLong() - settledAt < 0) {
            now.putAll(known);
        }
        now.putAll(read);
        known = Map.copyOf(now);
    }

    Map<String, Announcement> get() {
        return known;
    }
}
