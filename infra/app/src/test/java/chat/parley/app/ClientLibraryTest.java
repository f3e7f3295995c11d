package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TcpProxy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tests of {@code parley-client.js} in Node. They reach the server through a proxy, and tell this class when to
 * cut its connections and when to restart the server.
 */
class ClientLibraryTest {
    private static final Path TESTS = Path.of("src", "test", "js");

    @TempDir
    Path dataDir;

    @Test
    void itsTestsPassInNode() throws IOException {
        NodeJs.require();
        try (Stage stage = new Stage(dataDir)) {
            NodeJs.Run run = NodeJs.run(
                    TESTS,
                    Map.of(
                            "PARLEY_URL", "http://localhost:" + stage.proxyPort(),
                            "PARLEY_CONTROL", "http://localhost:" + stage.controlPort()),
                    "--experimental-websocket",
                    "parley-client.test.js");

            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(run.output()).contains("a restart of the server");
        }
    }

    /** The server, the proxy in front of it, and the control that the tests call. */
    private static final class Stage implements AutoCloseable {
        private final Path dataDir;
        private final TcpProxy proxy;
        private final HttpServer control;
        private final ExecutorService controller = Executors.newSingleThreadExecutor();
        private ParleyServer server;

        Stage(Path dataDir) throws IOException {
            this.dataDir = dataDir;
            this.server = start();
            this.proxy = new TcpProxy(server.port());
            this.control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            control.setExecutor(controller);
            control.createContext("/cut", exchange -> answer(exchange, proxy::cut));
            control.createContext("/restart", exchange -> answer(exchange, this::restart));
            control.start();
        }

        private ParleyServer start() {
            return ParleyServer.startOn(dataDir, "parley.limits.enabled=false");
        }

        private void restart() {
            server.close();
            server = start();
            proxy.retarget(server.port());
        }

        private static void answer(HttpExchange exchange, Runnable action) throws IOException {
            action.run();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }

        int proxyPort() {
            return proxy.port();
        }

        int controlPort() {
            return control.getAddress().getPort();
        }

        @Override
        public void close() throws IOException {
            control.stop(0);
            controller.close();
            proxy.close();
            server.close();
        }
    }
}
