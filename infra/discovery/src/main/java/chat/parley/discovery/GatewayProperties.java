package chat.parley.discovery;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node is found by clients, where it is a push node.
 *
 * @param url      where clients reach its WebSocket; derived as {@code ws://localhost:<port>/ws} where not set, which
 *                 is right only for clients on the same machine
 * @param node     its name among all nodes; the host and port of its URL where not set
 * @param region   clients that name the same region are sent here first
 * @param capacity how many sessions it is meant to carry; nodes are compared by the share of it that is taken
 */
@ConfigurationProperties("parley.gateway")
record GatewayProperties(
        @Nullable URI url,
        @Nullable String node,
        @DefaultValue("local") String region,
        @DefaultValue("10000") int capacity) {
    /** @param port where this process listens */
    Gateway gateway(int port) {
        URI reachable = url == null ? URI.create("ws://localhost:" + port + "/ws") : url;
        return new Gateway(node == null ? reachable.getAuthority() : node, region, reachable, 0, capacity);
    }
}
