package chat.parley.discovery;

import java.net.URI;
import java.util.Set;

/**
 * What a process writes about its node into ZooKeeper.
 *
 * @param process  names this process and no other one, also not the next one of the same node
 * @param session  the ZooKeeper session that the node's entry belongs to; it ends with that session
 * @param draining whether the node accepts no new sessions
 */
record Announcement(
        String process, long session, String region, URI url, int sessions, int capacity, boolean draining) {
    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    Announcement {
        if (url == null || !SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("its URL is not a WebSocket's");
        }
        if (process == null || region == null) {
            throw new IllegalArgumentException("it is incomplete");
        }
    }

    static Announcement of(OwnGateway own, String process, long session) {
        Gateway now = own.now();
        return new Announcement(
                process, session, now.region(), now.url(), now.sessions(), now.capacity(), own.isDraining());
    }

    Gateway gateway(String node) {
        return new Gateway(node, region, url, sessions, capacity);
    }
}
