package chat.parley.app;

import chat.parley.testing.ChildJvm;
import chat.parley.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node as a process of its own, with links of its own to the engines. It may be started again after its end. */
final class ClusterNode implements AutoCloseable {
    private static final int MOST_FAILURES = 3;

    final TcpProxy postgres;
    final TcpProxy mongo;
    final TcpProxy zooKeeper;

    final boolean takesClients;

    private final String name;
    private final Path files;
    private final String[] settings;
    private final Runnable ready;
    private int starts;
    private volatile @Nullable ChildJvm process;
    private CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile boolean up;
    private boolean closed;

    /**
     * @param takesClients whether it has the roles for sockets and requests
     * @param ready        is run whenever the node is ready
     */
    ClusterNode(
            String name,
            boolean takesClients,
            Path files,
            TcpProxy postgres,
            TcpProxy mongo,
            TcpProxy zooKeeper,
            String[] settings,
            Runnable ready) {
        this.name = name;
        this.takesClients = takesClients;
        this.files = files;
        this.postgres = postgres;
        this.mongo = mongo;
        this.zooKeeper = zooKeeper;
        this.settings = settings;
        this.ready = ready;
    }

    /** Returns before the node is ready. */
    void start() {
        process = begin();
        port = CompletableFuture.supplyAsync(this::awaitReady, Thread::startVirtualThread);
        var _ = port.thenRun(() -> {
            up = true;
            ready.run();
        });
    }

    private ChildJvm begin() {
        starts++;
        return ParleyProcess.start(files.resolve(name), files.resolve(name + "-" + starts + ".log"), settings);
    }

    /** A node that loses its engines while it starts ends; a supervisor starts it again. */
    private int awaitReady() {
        for (int failures = 0; ; failures++) {
            try {
                return ParleyProcess.awaitPort(process());
            } catch (AssertionError ended) {
                if (failures == MOST_FAILURES || !beginAgain()) {
                    throw ended;
                }
            }
        }
    }

    /** @return false if the node was closed, which ends a start, too */
    private synchronized boolean beginAgain() {
        if (!closed) {
            process = begin();
        }
        return !closed;
    }

    private ChildJvm process() {
        return Objects.requireNonNull(process, "The node was not started");
    }

    void awaitStart() {
        int _ = port.join();
    }

    /** Throws if the last start failed. */
    void requireNoFailure() {
        if (port.isCompletedExceptionally()) {
            awaitStart();
        }
    }

    /** Whether it is ready, and neither paused nor ended. */
    boolean isUp() {
        return up;
    }

    int port() {
        return port.join();
    }

    void kill() {
        up = false;
        process().kill();
    }

    /** Ends as at a deployment. */
    void stop() {
        up = false;
        process().close();
    }

    void pause() {
        up = false;
        process().pause();
    }

    void resume() {
        process().continues();
        up = true;
    }

    @Override
    public void close() throws IOException {
        up = false;
        synchronized (this) {
            closed = true;
        }
        ChildJvm started = process;
        if (started != null) {
            started.kill();
        }
        postgres.close();
        mongo.close();
        zooKeeper.close();
    }
}
