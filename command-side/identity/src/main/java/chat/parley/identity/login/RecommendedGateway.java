package chat.parley.identity.login;

import java.net.URI;
import java.util.Collection;
import java.util.List;

/** The push node to which a client should connect after login. */
@FunctionalInterface
public interface RecommendedGateway {
    /**
     * The URL of the WebSocket of that node.
     *
     * @param self this server as the client has addressed it, without a path
     */
    URI webSocketUrl(URI self);

    /** The URLs of all push nodes that may be recommended. */
    default Collection<URI> webSocketUrls(URI self) {
        return List.of(webSocketUrl(self));
    }

    /** For a server that is its own and only push node. */
    static RecommendedGateway sameServer() {
        return self -> URI.create(self.toString().replaceFirst("^http", "ws") + "/ws");
    }
}
