package chat.parley.discovery;

import java.net.URI;

/**
 * One push node as clients find it.
 *
 * @param node     its name, unique among all nodes
 * @param region   where it stands
 * @param url      where its WebSocket is reached from outside
 * @param sessions how many it carries now
 * @param capacity how many it is meant to carry
 */
public record Gateway(String node, String region, URI url, int sessions, int capacity) {
    public Gateway {
        if (capacity < 1) {
            throw new IllegalArgumentException("A gateway's capacity is at least 1, not " + capacity);
        }
    }

    /** 0 is idle, 1 is full. */
    double load() {
        return (double) sessions / capacity;
    }

    Gateway withSessions(int now) {
        return new Gateway(node, region, url, now, capacity);
    }
}
