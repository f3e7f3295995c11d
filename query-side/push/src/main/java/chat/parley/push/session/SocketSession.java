package chat.parley.push.session;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.StartingPoint;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.session.SessionState.Event;
import chat.parley.push.socket.InboundFlowControl;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.push.socket.SocketHandler;
import chat.parley.push.socket.SocketLimits;
import chat.parley.push.socket.Transport;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CloseReason;
import chat.parley.wire.Decoded;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its opening to its end. {@link SessionState} holds its state and all transitions:
 *
 * <ol>
 *   <li>The socket opens, and the session awaits {@code hello} for at most the hello timeout.
 *   <li>A virtual thread verifies the {@code hello} and registers the client with {@link ConnectedClients}.
 *   <li>The same thread sends {@code welcome}, connects the client to presence and sends the entries that it missed.
 *       Meanwhile the next frames are read, and {@link ClientFrameDispatcher} carries them out.
 * <li>The client is live: the fan-out sends each entry to it.
 *   <li>A close is started by this node ({@link #end}) or by the client ({@link #closed}), and the client is released.
 * </ol>
 *
 * <p>Threading: frames come one at a time, the next after {@link InboundFlowControl#frameHandled}. Any thread sends
 * answers and entries through the outbound queue.
 */
final class SocketSession implements SocketHandler, DevicePresenceTracker.Connection {
    private static final Logger log = LoggerFactory.getLogger(SocketSession.class);
    private static final FrameCodec CODEC = new FrameCodec();

    /** Time in which the client must answer a close frame before the connection is aborted. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Transport transport;
    private final String address;
    private final SocketRegistry sockets;
    private final HelloVerifier hellos;
    private final ConnectedClients clients;
    private final ClientFrameDispatcher dispatcher;
    private final PushProperties properties;
    private final Executor executor;
    private final Clock clock;

    private final OutboundQueue outbound;
    private final InboundFlowControl flow;
    private final RateLimits.OfSocket rates;
    private final FrameReplies replies;
    private final SessionState state = new SessionState();
    private final long openedNanos = System.nanoTime();
    private final Instant openedAt;
    private volatile long heardNanos = openedNanos;
    private volatile long closingSinceNanos = openedNanos + Long.MAX_VALUE / 2;
    private volatile @Nullable Instant lastActivity;
    private volatile boolean hasGivenUpCommands;
    private volatile @Nullable ConnectedClient client;

    SocketSession(
            Transport transport,
            String address,
            SocketRegistry sockets,
            HelloVerifier hellos,
            ConnectedClients clients,
            ClientFrameDispatcher dispatcher,
            RateLimits rateLimits,
            FrameEncoder frames,
            PushMetrics metrics,
            SocketLimits limits,
            PushProperties properties,
            Executor executor,
            Clock clock) {
        this.transport = transport;
        this.address = address;
        this.sockets = sockets;
        this.hellos = hellos;
        this.clients = clients;
        this.dispatcher = dispatcher;
        this.properties = properties;
        this.executor = executor;
        this.clock = clock;
        this.outbound = new OutboundQueue(
                transport,
                properties.maxQueuedBytes().toBytes(),
                metrics.queuedBytes(),
                () -> end(CloseReason.SLOW_CONSUMER));
        this.flow = new InboundFlowControl(
                transport,
                limits.maxInFlight(),
                (time, work) -> CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, executor)
                        .execute(work));
        this.rates = rateLimits.ofSocket();
        this.replies = new FrameReplies(outbound, frames, metrics, rates, this::end);
        this.openedAt = clock.instant();
    }

    @Override
    public void bytesReceived() {
        heardNanos = System.nanoTime();
    }

    @Override
    public void textReceived(String text) {
        bytesReceived();
        Decoded decoded = CODEC.decode(text);
        flow.delay(rates.frame());
        switch (decoded) {
            case Decoded.Rejected rejected -> {
                replies.reject(rejected.ref(), rejected.refusal());
                flow.frameHandled();
            }
            case Decoded.Frame frame -> received(frame.frame());
        }
    }

    @Override
    public void binaryReceived() {
        bytesReceived();
        replies.reject(null, Refusal.BINARY_FRAME);
        flow.frameHandled();
    }

    @Override
    public void oversizedTextReceived() {
        replies.refuse(null, Refusal.PAYLOAD_TOO_LARGE);
        end(CloseReason.FRAME_TOO_LARGE);
    }

    private void received(ClientFrame frame) {
        ConnectedClient known = client;
        if (known != null) {
            // Also while the socket is closing, because the frame was read before.
            dispatcher.dispatch(this, known, frame);
        } else if (!(frame instanceof ClientFrame.Hello hello)) {
            replies.refuse(frame.ref(), Refusal.HELLO_REQUIRED);
            end(CloseReason.PROTOCOL);
        } else if (state.on(Event.HELLO_RECEIVED)) {
            sockets.helloReceived(this, address);
            executor.execute(() -> enter(hello));
        }
    }

    private void enter(ClientFrame.Hello hello) {
        try {
            AuthenticatedUser identity = hellos.verify(hello);
            StartingPoint start = hellos.startingPoint(hello);
            Subscriber subscriber =
                    new Subscriber(identity.user(), hello.device(), identity.login(), outbound, this::end);
            ConnectedClient accepted =
                    clients.register(subscriber, this::lastActivityOrOpening, openedNanos, identity, replies);
            client = accepted;
            if (!state.on(Event.HELLO_ACCEPTED)) {
                // The socket was closed meanwhile, and its release may have found no client.
                release();
                return;
            }
            // Verified again, because a logout before the registration did not reach this session.
            var _ = hellos.verify(hello);
            replies.send(hellos.welcome(identity.login(), identity.user()));
            replies.answer(hello.ref(), Optional.empty());
            flow.frameHandled();
            clients.connect(accepted, this);
            clients.catchUp(accepted, start);
            state.on(Event.CAUGHT_UP);
            clients.watchContacts(accepted);
        } catch (Refused refused) {
            helloRefused(hello, refused.refusal());
        } catch (InterruptedException stopped) {
            end(CloseReason.DRAINING);
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn("A client could not catch up, so its socket is closed: {}", ExceptionSummary.describe(failed));
            end(CloseReason.INTERNAL);
        } finally {
            ConnectedClient known = client;
            if (known != null && !state.isOpen()) {
                // The release may have come before the client was connected to presence.
                clients.disconnect(known, this);
            }
        }
    }

    private void helloRefused(ClientFrame.Hello hello, Refusal refusal) {
        replies.refuse(hello.ref(), refusal);
        switch (refusal) {
            case TOKEN_INVALID, TOKEN_EXPIRED -> end(CloseReason.UNAUTHENTICATED);
            case FORBIDDEN -> end(CloseReason.FORBIDDEN);
            case CURSOR_INVALID -> {
                // The client may send another hello without that cursor.
                state.on(Event.HELLO_REFUSED);
                flow.frameHandled();
            }
            default -> end(CloseReason.INTERNAL);
        }
    }

    /** Checks the timeouts of this socket. Called once a second. */
    void tick(Instant now) {
        switch (state.current()) {
            case AWAITING_HELLO, VERIFYING_HELLO -> {
                if (isOver(properties.helloTimeout(), openedNanos)) {
                    end(CloseReason.HELLO_TIMEOUT);
                }
            }
            case CATCHING_UP, LIVE, LOGGING_OUT -> tick(client, now);
            case CLOSING -> {
                if (isOver(CLOSE_TIMEOUT, closingSinceNanos)) {
                    transport.abort();
                    sockets.closed(this);
                }
            }
            case CLOSED -> {}
        }
    }

    private void tick(@Nullable ConnectedClient known, Instant now) {
        if (known == null) {
            return;
        }
        if (known.isTokenExpired(now)) {
            replies.refuse(null, Refusal.TOKEN_EXPIRED);
            end(CloseReason.UNAUTHENTICATED);
        } else if (!flow.isPaused() && isOver(Duration.ofSeconds(properties.offlineAfterSeconds()), heardNanos)) {
            end(CloseReason.SILENT);
        } else {
            known.readMarks().tick(System.nanoTime());
        }
    }

    /** Measured by the monotonic clock, because the wall clock may be set. */
    private static boolean isOver(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    /** Tells the client to connect to another node. The session stays open until {@link ConnectionDrain} ends it. */
    void goAway(ServerFrame.Goaway frame) {
        replies.send(frame);
    }

    /** Whether every request of the client is answered. */
    boolean isIdle() {
        return !state.isOpen() || flow.isIdle();
    }

    /** Closes the socket after the outbound queue is written. Does not block; may be called by any thread. */
    void end(CloseReason reason) {
        if (reason == CloseReason.UNAUTHENTICATED && state.current() == SessionState.State.LOGGING_OUT) {
            return;
        }
        if (state.on(Event.CLOSE_STARTED)) {
            closingSinceNanos = System.nanoTime();
            outbound.close();
            transport.close(reason);
            executor.execute(this::release);
        }
    }

    @Override
    public void closed() {
        sockets.closed(this);
        boolean wasOpen = state.on(Event.CLOSE_STARTED);
        state.on(Event.SOCKET_CLOSED);
        if (wasOpen) {
            outbound.close();
            executor.execute(this::release);
        }
    }

    private void release() {
        sockets.helloReceived(this, address);
        ConnectedClient known = client;
        if (known != null) {
            clients.release(known, this);
        }
    }

    void logoutStarted() {
        state.on(Event.LOGOUT_STARTED);
    }

    void logoutFailed() {
        state.on(Event.LOGOUT_FAILED);
    }

    /** From now on no command of this client that has not been sent yet is sent. */
    void giveUpCommands() {
        hasGivenUpCommands = true;
    }

    boolean hasGivenUpCommands() {
        return hasGivenUpCommands;
    }

    void userWasActive() {
        lastActivity = clock.instant();
    }

    private Instant lastActivityOrOpening() {
        Instant activity = lastActivity;
        return activity == null ? openedAt : activity;
    }

    /**
     * The current time while this node does not read the socket, because its silence then does not show that the client
     * is gone.
     */
    @Override
    public long heardNanos() {
        return flow.isPaused() && state.isOpen() ? System.nanoTime() : heardNanos;
    }

    @Override
    public boolean isOpen() {
        return state.isOpen();
    }

    @Override
    public void probe(Runnable answered) {
        transport.ping(answered);
    }

    @Override
    public void replaced() {
        end(CloseReason.REPLACED);
    }

    @Override
    public Optional<Instant> lastActive() {
        return Optional.ofNullable(lastActivity);
    }

    FrameReplies replies() {
        return replies;
    }

    InboundFlowControl flow() {
        return flow;
    }

    RateLimits.OfSocket rates() {
        return rates;
    }
}
