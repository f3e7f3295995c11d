package chat.parley.discovery;

import java.net.URI;

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
    }

    /** The share of the capacity in use: 0 is idle, 1 is full. */
    double load() {
        return (double) sessions / capacity;
    }

    Gateway withSessions(int now) {
        return new Gateway(node, region, url, now, capacity);
    }
}
