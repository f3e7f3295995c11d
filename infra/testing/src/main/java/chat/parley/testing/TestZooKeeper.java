package chat.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A ZooKeeper server of its own in this process, which keeps its port over restarts. */
public final class TestZooKeeper implements AutoCloseable {
    private static final String TICK_MS = "250";

    private final int port = freePort();
    private @Nullable Path data;
    private @Nullable ZooKeeperServerEmbedded server;

    private TestZooKeeper() {}

    public static TestZooKeeper start() {
        TestZooKeeper zooKeeper = new TestZooKeeper();
        zooKeeper.restart();
        return zooKeeper;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts a server with the data of the one before. */
    public void restart() {
        Properties settings = new Properties();
        settings.setProperty("clientPort", String.valueOf(port));
        settings.setProperty("clientPortAddress", "127.0.0.1");
        settings.setProperty("tickTime", TICK_MS);
        settings.setProperty("admin.enableServer", "false");
        try {
            Path directory = data == null ? Files.createTempDirectory("parley-zookeeper") : data;
            data = directory;
            ZooKeeperServerEmbedded started = ZooKeeperServerEmbedded.builder()
                    .baseDir(directory)
                    .configuration(settings)
                    .exitHandler(ExitHandler.LOG_ONLY)
                    .build();
            server = started;
            started.start();
        } catch (Exception e) {
            throw new IllegalStateException("ZooKeeper did not start", e);
        }
    }

    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** The next start has no data. */
    public void stopAndForget() {
        stop();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        data = null;
    }

    @Override
    public void close() {
        stopAndForget();
    }
}
