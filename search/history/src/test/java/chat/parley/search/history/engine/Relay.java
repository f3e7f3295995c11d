package chat.parley.search.history.engine;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay to the shared Elasticsearch that a test can cut. */
public final class Relay implements AutoCloseable {
    private final SearchConnection behind = RealElasticsearch.shared().connection();
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public Relay() {
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public ElasticsearchClient client() {
        URI there = behind.address();
        URI here = URI.create(there.getScheme() + "://" + there.getHost() + ":" + server.getLocalPort());
        return ElasticsearchClients.connect(
                new SearchConnection(here, behind.username(), behind.password(), behind.caCertificate()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    /** Drops all connections and accepts none, as if Elasticsearch had stopped. */
    public void cut() {
        cut = true;
        sockets.forEach(Relay::close);
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException closed) {
                cut();
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (cut) {
            close(client);
            return;
        }
        Socket engine = new Socket(behind.address().getHost(), behind.address().getPort());
        sockets.add(client);
        sockets.add(engine);
        Thread.ofVirtual().start(() -> pump(client, engine));
        Thread.ofVirtual().start(() -> pump(engine, client));
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            close(to);
        } finally {
            sockets.remove(from);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
