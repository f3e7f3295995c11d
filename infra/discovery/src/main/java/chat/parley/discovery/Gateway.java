package chat.parley.discovery;

import java.net.URI;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A push node as clients see it.
 *
 * @param node     name, unique among all nodes
 * @param region   region of the node
 * @param url      WebSocket URL for clients
 * @param sessions number of current sessions
 * @param capacity number of sessions that the node is meant to carry
 */
public record Gateway(String node, String region, URI url, int sessions, int capacity) {
    public Gateway {
        if (capacity < 1) {
            throw new IllegalArgumentException("A gateway's capacity is at least 1, not " + capacity);
        }
        if (sessions < 0) {
            throw new IllegalArgumentException("A gateway's sessions are not " + sessions);
        }
    }

    /**
     * Nodes that are not full first, among these the ones of the region, among these the least loaded.
     *
     * @param region null for no preference
     */
    static Comparator<Gateway> bestFirst(@Nullable String region) {
        return Comparator.comparing((Gateway gateway) -> gateway.load() >= 1)
                .thenComparing(gateway -> !gateway.region().equals(region))
                .thenComparingDouble(Gateway::load)
                .thenComparing(Gateway::node);
    }

    /** The share of the capacity in use: 0 is idle, 1 is full. */
    double load() {
        return (double) sessions / capacity;
    }

    Gateway withSessions(int now) {
        return new Gateway(node, region, url, now, capacity);
    }
}
