package chat.parley.commands;

import java.net.URI;

/** Which push node a client that has just logged in should connect to. */
@FunctionalInterface
public interface RecommendedGateway {
    /**
     * The URL of its WebSocket.
     *
     * @param self this server as the client has addressed it, without a path
     */
    URI webSocketUrl(URI self);

    /** For a server that is its own and only push node. */
    static RecommendedGateway sameServer() {
        return self -> URI.create(self.toString().replaceFirst("^http", "ws") + "/ws");
    }
}
