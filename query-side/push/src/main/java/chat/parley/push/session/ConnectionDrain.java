package chat.parley.push.session;

import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.push.PushProperties;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing that stops: no new sockets, every client is told to come back elsewhere and when, what they asked is
 * finished as far as the time allows, and only then the sockets are closed.
 */
public final class ConnectionDrain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ConnectionDrain.class);
    private static final Duration POLL = Duration.ofMillis(20);

    private final SocketSessionRegistry registry;
    private final ConversationCommandQueue lanes;
    private final PushProperties properties;
    private volatile boolean running;
    private volatile boolean begun;

    public ConnectionDrain(SocketSessionRegistry registry, ConversationCommandQueue lanes, PushProperties properties) {
        this.registry = registry;
        this.lanes = lanes;
        this.properties = properties;
    }

    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void start() {
        begun = false;
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        begun = true;
        int sockets = registry.sockets().size();
        if (sockets > 0) {
            log.info("Draining {} sockets", sockets);
        }
        long spreadMs = Math.max(1, properties.reconnectSpread().toMillis());
        registry.sockets()
                .forEach(session -> session.goAway(new ServerFrame.Goaway(
                        CloseReason.DRAINING.text(), ThreadLocalRandom.current().nextLong(spreadMs), null)));
        awaitAnswers();
        registry.sockets().forEach(session -> session.end(CloseReason.DRAINING));
        awaitClosed();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else, above all before the web server (1,024 and 2,048 lower) and the buses. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    private void awaitAnswers() {
        await(
                properties.drainTimeout(),
                () -> lanes.isIdle() && registry.sockets().stream().allMatch(SocketSession::isIdle));
    }

    /** The close handshakes; who does not answer is cut off by the web server's own end. */
    private void awaitClosed() {
        await(Duration.ofSeconds(1), () -> registry.sockets().isEmpty());
    }

    private static void await(Duration patience, BooleanSupplier done) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!done.getAsBoolean() && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
