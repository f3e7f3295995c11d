package chat.parley.identity.security;

import java.net.URI;
import java.util.Collection;
import java.util.List;

/** Which push node a client that has just logged in should connect to. */
@FunctionalInterface
public interface RecommendedGateway {
    /**
     * The URL of its WebSocket.
     *
     * @param self this server as the client has addressed it, without a path
     */
    URI webSocketUrl(URI self);

    /** The URLs of all that it may come to recommend. */
    default Collection<URI> webSocketUrls(URI self) {
        return List.of(webSocketUrl(self));
    }

    /** For a server that is its own and only push node. */
    static RecommendedGateway sameServer() {
        return self -> URI.create(self.toString().replaceFirst("^http", "ws") + "/ws");
    }
}
