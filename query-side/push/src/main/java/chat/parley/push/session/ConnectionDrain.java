package chat.parley.push.session;

import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the sockets when the node stops, before anything else stops:
 *
 * <ol>
 *   <li>New sockets are refused.
 *   <li>Each client gets {@code goaway} with a random time after which to reconnect, and the node to reconnect to.
 *   <li>The requests in flight are answered, for at most the drain timeout.
 *   <li>The sockets are closed.
 * </ol>
 */
public final class ConnectionDrain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ConnectionDrain.class);
    private static final Duration POLL = Duration.ofMillis(20);

    private final SocketRegistry sockets;
    private final ConversationCommandQueue commands;
    private final PushProperties properties;
    private final SuccessorNodes successors;
    private volatile boolean running;
    private volatile boolean begun;

    public ConnectionDrain(
            SocketRegistry sockets,
            ConversationCommandQueue commands,
            PushProperties properties,
            SuccessorNodes successors) {
        this.sockets = sockets;
        this.commands = commands;
        this.properties = properties;
        this.successors = successors;
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
        List<SocketSession> open = List.copyOf(sockets.sockets());
        if (!open.isEmpty()) {
            log.info("Draining {} sockets", open.size());
        }
        long spreadMs = Math.max(1, properties.reconnectSpread().toMillis());
        Iterator<URI> next = successors.of(open.size()).iterator();
        open.forEach(session -> session.goAway(new ServerFrame.Goaway(
                CloseReason.DRAINING.text(),
                ThreadLocalRandom.current().nextLong(spreadMs),
                next.hasNext() ? next.next().toString() : null)));
        awaitAnswers();
        sockets.sockets().forEach(session -> session.end(CloseReason.DRAINING));
        awaitClosed();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The highest phase stops first: before the web server (1,024 and 2,048 below) and the buses. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    private void awaitAnswers() {
        await(
                properties.drainTimeout(),
                () -> commands.isIdle() && sockets.sockets().stream().allMatch(SocketSession::isIdle));
    }

    /** Waits for the close handshakes. A client that does not answer is cut off when the web server stops. */
    private void awaitClosed() {
        await(Duration.ofSeconds(1), () -> sockets.sockets().isEmpty());
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
