package chat.parley.push.replay;

import chat.parley.api.port.ReplayTickets;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.session.HelloVerifier;
import chat.parley.push.session.PushProperties;
import chat.parley.push.socket.SocketHandler;
import chat.parley.push.socket.Transport;
import chat.parley.wire.CloseReason;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Opens the sockets of replays, and holds what all of them use. */
public final class ReplaySocketFactory implements SocketHandler.Factory {
    /** Each replay reads the event store, and more auditors do not watch at once. */
    private static final int MAX_SOCKETS = 64;

    private final ReplayTickets tickets;
    private final ReplayPlayer player;
    private final HelloVerifier hellos;
    private final FrameEncoder frames;
    private final PushMetrics metrics;
    private final PushProperties properties;
    private final Executor executor;
    private final Semaphore places = new Semaphore(MAX_SOCKETS);

    /** @param executor virtual threads, one for each replay */
    public ReplaySocketFactory(
            ReplayTickets tickets,
            ReplayPlayer player,
            HelloVerifier hellos,
            FrameEncoder frames,
            PushMetrics metrics,
            PushProperties properties,
            Executor executor) {
        this.tickets = tickets;
        this.player = player;
        this.hellos = hellos;
        this.frames = frames;
        this.metrics = metrics;
        this.properties = properties;
        this.executor = executor;
    }

    @Override
    public SocketHandler opened(Transport transport, String address) {
        ReplaySocket socket = new ReplaySocket(transport, this);
        if (places.tryAcquire()) {
            executor.execute(socket::run);
        } else {
            transport.close(CloseReason.RATE_LIMITED);
        }
        return socket;
    }

    void closed() {
        places.release();
    }

    ReplayTickets tickets() {
        return tickets;
    }

    ReplayPlayer player() {
        return player;
    }

    HelloVerifier hellos() {
        return hellos;
    }

    FrameEncoder frames() {
        return frames;
    }

    PushMetrics metrics() {
        return metrics;
    }

    long maxQueuedBytes() {
        return properties.maxQueuedBytes().toBytes();
    }

    Duration helloTimeout() {
        return properties.helloTimeout();
    }
}
