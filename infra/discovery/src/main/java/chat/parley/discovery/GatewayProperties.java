package chat.parley.discovery;

import chat.parley.api.process.StartupFailure;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients find this push node.
 *
 * @param url      WebSocket URL for clients; by default {@code ws://localhost:<port>/ws}, which works only on the same
 * machine
 * @param node     unique name, up to 200 letters, digits, dots, colons, underscores and hyphens; by default host and port of
 *     the URL
 * @param region   clients that ask for the same region are sent here first
 * @param capacity number of sessions that the node is meant to carry; nodes are compared by the share in use
 */
@ConfigurationProperties("parley.gateway")
record GatewayProperties(
        @Nullable URI url,
        @Nullable String node,
        @DefaultValue("local") String region,
        @DefaultValue("10000") int capacity) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\[][A-Za-z0-9._:\\[\\]-]{0,199}");

    /** @param port the port on which this process listens */
    Gateway gateway(int port) {
        URI reachable = url == null ? URI.create("ws://localhost:" + port + "/ws") : url;
        String name = node == null ? reachable.getAuthority() : node;
        if (!NAME.matcher(name).matches()) {
            throw new StartupFailure(
                    "A node cannot be named " + name,
                    "parley.gateway.node has up to 200 letters, digits, dots, colons, underscores and hyphens");
        }
        return new Gateway(name, region, reachable, 0, capacity);
    }
}
