package chat.parley.push.session;

import chat.parley.push.event.FrameEncoder;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.socket.SocketHandler;
import chat.parley.push.socket.SocketLimits;
import chat.parley.push.socket.Transport;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Makes the session of each socket that opens. */
public final class SocketSessionFactory implements SocketHandler.Factory {
    private final SocketRegistry sockets;
    private final HelloVerifier hellos;
    private final ConnectedClients clients;
    private final ClientFrameDispatcher dispatcher;
    private final RateLimits rates;
    private final FrameEncoder frames;
    private final PushMetrics metrics;
    private final SocketLimits limits;
    private final PushProperties properties;
    private final Executor executor;
    private final Clock clock;

    /** @param executor virtual threads, for the parts of a session that may block */
    public SocketSessionFactory(
            SocketRegistry sockets,
            HelloVerifier hellos,
            ConnectedClients clients,
            ClientFrameDispatcher dispatcher,
            RateLimits rates,
            FrameEncoder frames,
            PushMetrics metrics,
            SocketLimits limits,
            PushProperties properties,
            Executor executor,
            Clock clock) {
        this.sockets = sockets;
        this.hellos = hellos;
        this.clients = clients;
        this.dispatcher = dispatcher;
        this.rates = rates;
        this.frames = frames;
        this.metrics = metrics;
        this.limits = limits;
        this.properties = properties;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public SocketHandler opened(Transport transport, String address) {
        SocketSession session = new SocketSession(
                transport,
                address,
                sockets,
                hellos,
                clients,
                dispatcher,
                rates,
                frames,
                metrics,
                limits,
                properties,
                executor,
                clock);
        sockets.opened(session, address);
        return session;
    }
}
