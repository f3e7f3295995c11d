package chat.parley.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** The Axon Server of the events: its nodes, of which one has to accept connections. Axon's own client does the rest. */
record RemoteAxonServer(List<String> servers) implements RemoteEngine {
    private static final int DEFAULT_PORT = 8124;

    @Override
    public void ask() throws IOException {
        IOException unreachable = new IOException("No address is given");
        for (String server : servers) {
            try (Socket socket = new Socket()) {
                socket.connect(addressOf(server), (int) CONNECTING.toMillis());
                return;
            } catch (IOException e) {
                unreachable = e;
            }
        }
        throw unreachable;
    }

    private static InetSocketAddress addressOf(String server) {
        int colon = server.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(server, DEFAULT_PORT)
                : new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
    }

    @Override
    public String setting() {
        return "axon.axonserver.servers";
    }

    @Override
    public String toString() {
        return "Axon Server at " + String.join(",", servers);
    }
}
