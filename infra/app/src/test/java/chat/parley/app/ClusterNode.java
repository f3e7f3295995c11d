package chat.parley.app;

import chat.parley.testing.ChildJvm;
import chat.parley.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node as a process of its own, with links of its own to the engines. It may be started again after its end. */
final class ClusterNode implements AutoCloseable {
    final TcpProxy postgres;
    final TcpProxy mongo;
    final TcpProxy zooKeeper;

    private final String name;
    private final Path files;
    private final String[] settings;
    private final Runnable ready;
    private int starts;
    private @Nullable ChildJvm process;
    private CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile boolean reachable;

    /** @param ready is run whenever the node begins to serve */
    ClusterNode(
            String name,
            Path files,
            TcpProxy postgres,
            TcpProxy mongo,
            TcpProxy zooKeeper,
            String[] settings,
            Runnable ready) {
        this.name = name;
        this.files = files;
        this.postgres = postgres;
        this.mongo = mongo;
        this.zooKeeper = zooKeeper;
        this.settings = settings;
        this.ready = ready;
    }

    /** Returns before the node is ready. */
    void start() {
        starts++;
        ChildJvm started =
                ParleyProcess.start(files.resolve(name), files.resolve(name + "-" + starts + ".log"), settings);
        process = started;
        port = CompletableFuture.supplyAsync(() -> ParleyProcess.awaitPort(started), Thread::startVirtualThread);
        var _ = port.thenRun(() -> {
            reachable = true;
            ready.run();
        });
    }

    private ChildJvm process() {
        if (process == null) {
            throw new IllegalStateException("The node was not started");
        }
        return process;
    }

    void awaitStart() {
        int _ = port.join();
    }

    /** Whether a balancer would send clients here. */
    boolean serves() {
        return reachable;
    }

    int port() {
        return port.join();
    }

    void kill() {
        reachable = false;
        process().kill();
    }

    /** Ends as at a deployment. */
    void stop() {
        reachable = false;
        process().close();
    }

    void pause() {
        reachable = false;
        process().pause();
    }

    void resume() {
        process().continues();
        reachable = true;
    }

    @Override
    public void close() throws IOException {
        reachable = false;
        if (process != null) {
            process.kill();
        }
        postgres.close();
        mongo.close();
        zooKeeper.close();
    }
}
