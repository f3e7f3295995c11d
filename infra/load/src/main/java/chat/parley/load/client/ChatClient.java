package chat.parley.load.client;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.protocol.FrameEncoder;
import chat.parley.load.protocol.OutgoingMessage;
import chat.parley.load.protocol.ReceivedFrame;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one account on one device, over as many connections as it needs: it remembers what it received and resumes
 * after it. Its state is confined to one event loop; other threads may call every public method that does not say
 * otherwise.
 */
public final class ChatClient {
    private static final int UNAUTHENTICATED = 4401;

    /** After these close codes a client does not reconnect: bad frame, forbidden, replaced. */
    private static final Set<Integer> FINAL_CLOSE_CODES = Set.of(4400, 4403, 4409);

    private static final long POLL_MS = 20;
    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;
    private static final int DEFAULT_OFFLINE_AFTER_SECONDS = 30;

    private final UserAccount account;
    private final ClientNetwork network;
    private final EventLoop loop;
    private final ClientMetrics metrics;
    private final UnacknowledgedMessages unacknowledged;
    private final RetryBackoff backoff;
    private final Map<String, EntryListener> listeners = new HashMap<>();
    private final Map<String, ReceivedEntries> received = new HashMap<>();

    private CompletableFuture<Void> ready = new CompletableFuture<>();
    private @Nullable CompletableFuture<Void> disconnected;
    private Phase phase = Phase.OFFLINE;
    private @Nullable WebSocketConnection connection;
    private @Nullable ScheduledFuture<?> heartbeat;
    private @Nullable ScheduledFuture<?> renewal;
    private @Nullable String renewalRef;
    private @Nullable String cursor;
    private @Nullable String redirectUrl;
    private long reconnectAfterMs;
    private long lastFrameNanos;

    /** When the connection was lost that is not replaced yet; 0 if none was. */
    private long lostNanos;

    private int offlineAfterSeconds = DEFAULT_OFFLINE_AFTER_SECONDS;

    private Consumer<ReceivedFrame.Presence> presenceListener = ignored -> {};

    /** Set while a backlog is received: its entries have no cursor, so a resumption has to tell positions. */
    private boolean cursorLags;

    private enum Phase {
        OFFLINE,
        OPENING,
        GREETING,
        BACKLOG,
        LIVE,
        CLOSED
    }

    public ChatClient(UserAccount account, ClientNetwork network) {
        this.account = account;
        this.network = network;
        loop = network.nextLoop();
        metrics = network.metrics();
        unacknowledged = new UnacknowledgedMessages(loop, metrics, network.patience());
        backoff = new RetryBackoff(network.patience());
    }

    /** Answers a client that has caught up. */
    public static ChatClient connected(UserAccount account, ClientNetwork network) throws InterruptedException {
        ChatClient device = new ChatClient(account, network);
        Await.result(device.connect());
        return device;
    }

    public UserAccount account() {
        return account;
    }

    /** Connects, at first and after {@link #disconnect}; completes when the client has caught up. */
    public CompletableFuture<Void> connect() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        loop.execute(() -> {
            disconnected = null;
            ready = started;
            open();
        });
        return started;
    }

    /** Cuts the connection, and does not reconnect by itself; completes when the connection is closed. */
    public CompletableFuture<Void> disconnect(DisconnectMode how) {
        CompletableFuture<Void> leaving = new CompletableFuture<>();
        loop.execute(() -> {
            disconnected = leaving;
            if (phase == Phase.OFFLINE || phase == Phase.CLOSED) {
                leaving.complete(null);
            } else if (connection != null) {
                connection.cut(how);
            }
        });
        return leaving;
    }

    /** Completes with the acknowledged position, or with {@link RequestRefusedException} or {@link RunAbortedException}. */
    public CompletableFuture<Long> send(OutgoingMessage draft) {
        CompletableFuture<Long> position = new CompletableFuture<>();
        if (loop.inEventLoop()) {
            send(draft, position);
        } else {
            loop.execute(() -> send(draft, position));
        }
        return position;
    }

    private void send(OutgoingMessage draft, CompletableFuture<Long> position) {
        if (phase == Phase.CLOSED) {
            position.completeExceptionally(new RunAbortedException("The client is closed", null));
        } else {
            unacknowledged.add(draft, position);
        }
    }

    /** Watches the presence of these users while this connection lasts. */
    public void watch(Collection<String> users, Consumer<ReceivedFrame.Presence> listener) {
        loop.execute(() -> {
            presenceListener = listener;
            if (connection != null) {
                connection.write(FrameEncoder.watch(users));
            }
        });
    }

    public void cut(DisconnectMode how) {
        loop.execute(() -> {
            if (connection != null && phase.compareTo(Phase.GREETING) >= 0 && phase != Phase.CLOSED) {
                metrics.increment(Counter.CHAOS_CUTS);
                connection.cut(how);
            }
        });
    }

    public CompletableFuture<Void> close() {
        return CompletableFuture.runAsync(() -> end(new RunAbortedException("The client was closed", null)), loop);
    }

    /**
     * Returns when this client has an entry of this position or higher, or when the time is over; answers the highest
     * position that it has.
     */
    public int awaitPosition(String conversation, long position, Duration limit) throws InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            int last = Await.result(CompletableFuture.supplyAsync(() -> lastPosition(conversation), loop));
            if (last >= position || System.nanoTime() >= untilNanos) {
                return last;
            }
            Await.pause(POLL_MS);
        }
    }

    /** The highest position received of a conversation; to be called on the event loop. */
    public int lastPosition(String conversation) {
        EntryListener here = listeners.get(conversation);
        return here == null ? 0 : here.lastPosition();
    }

    /** Passes further entries of a conversation to a listener instead of keeping them; to be called on the event loop. */
    public void listen(String conversation, EntryListener listener) {
        received.remove(conversation);
        listeners.put(conversation, listener);
    }

    public EventLoop loop() {
        return loop;
    }

    /** The entries that no listener received; to be read after {@link #close}. */
    public Map<String, ReceivedEntries> received() {
        return received;
    }

    // ---- connections

    private void open() {
        if (phase == Phase.CLOSED) {
            ready.completeExceptionally(new RunAbortedException("The client is closed", null));
            return;
        }
        if (phase != Phase.OFFLINE || disconnected != null) {
            return;
        }
        phase = Phase.OPENING;
        network.withConnectPermit(() -> {
            try {
                String token = account.token();
                loop.execute(() -> openConnection(token));
            } catch (RuntimeException e) {
                network.releaseConnectPermit();
                loop.execute(() -> end(e));
            }
        });
    }

    private void openConnection(String token) {
        WebSocketConnection next = new WebSocketConnection(this, token, network::releaseConnectPermit);
        if (phase == Phase.CLOSED) {
            next.welcomeReceived();
            return;
        }
        if (disconnected != null) {
            next.welcomeReceived();
            phase = Phase.OFFLINE;
            disconnected.complete(null);
            return;
        }
        connection = next;
        network.connect(loop, URI.create(redirectUrl == null ? account.webSocketUrl() : redirectUrl), next);
        redirectUrl = null;
    }

    void opened(WebSocketConnection open) {
        if (disconnected != null) {
            open.cut(DisconnectMode.RESET);
            return;
        }
        phase = Phase.GREETING;
        lastFrameNanos = System.nanoTime();
        sendHeartbeatsEvery(DEFAULT_HEARTBEAT_SECONDS);
        boolean byPositions = cursor == null || cursorLags;
        boolean first = cursor == null && listeners.isEmpty();
        open.write(FrameEncoder.hello(
                open.token(),
                account.device(),
                byPositions ? null : cursor,
                byPositions && !first ? positions() : null));
        if (!first) {
            metrics.increment(Counter.RESUMED);
        }
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        listeners.forEach((conversation, here) -> positions.put(conversation, here.lastPosition()));
        return positions;
    }

    void closed(WebSocketConnection gone) {
        if (gone != connection) {
            return;
        }
        connection = null;
        cancelTimers();
        unacknowledged.closed();
        if (phase == Phase.CLOSED) {
            return;
        }
        if (phase.compareTo(Phase.BACKLOG) >= 0) {
            metrics.wentOffline();
            if (lostNanos == 0) {
                lostNanos = System.nanoTime();
            }
        } else {
            metrics.increment(Counter.CONNECTION_FAILURES);
        }
        phase = Phase.OFFLINE;
        metrics.connectionClosed(gone.closeReason());
        if (disconnected != null) {
            disconnected.complete(null);
            return;
        }
        if (FINAL_CLOSE_CODES.contains(gone.closeCode())) {
            end(new RequestRefusedException("The connection of " + account.displayName(), "close-" + gone.closeCode()));
            return;
        }
        // A connection that this client cut is no failure of the server, and does not count against the patience.
        long waitMs = Math.max(reconnectAfterMs, gone.wasCut() ? backoff.soon() : backoff.failed());
        reconnectAfterMs = 0;
        if (backoff.isExhausted()) {
            end(new RunAbortedException(
                    "No connection within " + network.patience().toSeconds() + " s", null));
        } else if (gone.closeCode() == UNAUTHENTICATED) {
            network.inBackground(() -> {
                try {
                    account.replaceToken(gone.token());
                    loop.execute(() -> reopenAfter(waitMs));
                } catch (RuntimeException e) {
                    loop.execute(() -> end(e));
                }
            });
        } else {
            reopenAfter(waitMs);
        }
    }

    private void reopenAfter(long millis) {
        ScheduledFuture<?> ignored = loop.schedule(this::open, millis, TimeUnit.MILLISECONDS);
    }

    private void end(RuntimeException why) {
        if (phase == Phase.BACKLOG || phase == Phase.LIVE) {
            metrics.wentOffline();
        }
        phase = Phase.CLOSED;
        cancelTimers();
        ready.completeExceptionally(why);
        if (disconnected != null) {
            disconnected.complete(null);
        }
        unacknowledged.fail(why);
        if (connection != null) {
            connection.close("done");
        }
    }

    private void cancelTimers() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
            heartbeat = null;
        }
        if (renewal != null) {
            renewal.cancel(false);
            renewal = null;
        }
    }

    // ---- frames of the server

    void received(WebSocketConnection from, ReceivedFrame frame) {
        if (phase == Phase.CLOSED || from != connection) {
            return;
        }
        lastFrameNanos = System.nanoTime();
        switch (frame) {
            case ReceivedFrame.Entry entry -> entry(entry);
            case ReceivedFrame.Ack ack -> acked(ack);
            case ReceivedFrame.Refusal error -> refused(error);
            case ReceivedFrame.Welcome welcome -> welcomed(from, welcome);
            case ReceivedFrame.CaughtUp caughtUp -> caughtUp(caughtUp);
            case ReceivedFrame.State state -> state(from, state);
            case ReceivedFrame.GoAway goAway -> {
                reconnectAfterMs = goAway.reconnectAfterMs();
                redirectUrl = goAway.url();
                from.close("goaway");
            }
            case ReceivedFrame.Presence somebody -> presenceListener.accept(somebody);
            case ReceivedFrame.Other other -> {
                // typing and the like are not checked
                if (other.isHeartbeat()) {
                    metrics.increment(Counter.HEARTBEATS_ANSWERED);
                }
            }
        }
    }

    void unreadableFrame(WebSocketConnection from) {
        metrics.increment(Counter.UNREADABLE_FRAMES);
        from.close("unreadable");
    }

    private void welcomed(WebSocketConnection from, ReceivedFrame.Welcome welcome) {
        from.welcomeReceived();
        phase = Phase.BACKLOG;
        metrics.increment(Counter.CONNECTED);
        metrics.wentOnline();
        if (welcome.offlineAfterSeconds() > 0) {
            offlineAfterSeconds = welcome.offlineAfterSeconds();
        }
        sendHeartbeatsEvery(welcome.heartbeatSeconds() > 0 ? welcome.heartbeatSeconds() : DEFAULT_HEARTBEAT_SECONDS);
        renewTokenInTime(from);
        unacknowledged.opened(from);
    }

    private void entry(ReceivedFrame.Entry entry) {
        EntryListener listener = listeners.get(entry.conversation());
        (listener == null ? keep(entry.conversation()) : listener).received(entry);
        if (entry.cursor() != null) {
            cursor = entry.cursor();
            cursorLags = false;
        } else {
            cursorLags = true;
        }
        metrics.delivered(entry);
    }

    private EntryListener keep(String conversation) {
        ReceivedEntries kept = new ReceivedEntries();
        received.put(conversation, kept);
        listeners.put(conversation, kept);
        return kept;
    }

    private void caughtUp(ReceivedFrame.CaughtUp caughtUp) {
        phase = Phase.LIVE;
        cursor = caughtUp.cursor();
        cursorLags = false;
        backoff.succeeded();
        if (lostNanos != 0) {
            metrics.resumed(System.nanoTime() - lostNanos);
            lostNanos = 0;
        }
        ready.complete(null);
    }

    private void state(WebSocketConnection from, ReceivedFrame.State state) {
        if (state.resync()) {
            // The cursor is of an earlier epoch; the positions are still right.
            metrics.increment(Counter.RESYNCS);
            cursor = null;
            from.close("resync");
        }
    }

    private void acked(ReceivedFrame.Ack ack) {
        if (ack.ref().equals(renewalRef)) {
            renewalRef = null;
            metrics.increment(Counter.TOKENS_RENEWED);
        } else {
            unacknowledged.acked(ack.ref(), ack.position());
        }
    }

    private void refused(ReceivedFrame.Refusal error) {
        metrics.errorReceived(error.code());
        String ref = error.ref();
        if (ref == null) {
            return;
        }
        if (ref.equals(renewalRef)) {
            renewalRef = null;
            if (connection != null) {
                connection.close("renewal-refused");
            }
        } else {
            unacknowledged.refused(ref, error.code(), error.retryAfterMs());
        }
    }

    // ---- heartbeats and tokens

    private void sendHeartbeatsEvery(int seconds) {
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        long millis = TimeUnit.SECONDS.toMillis(seconds);
        heartbeat = loop.scheduleAtFixedRate(
                this::heartbeat, ThreadLocalRandom.current().nextLong(1, millis), millis, TimeUnit.MILLISECONDS);
    }

    private void heartbeat() {
        WebSocketConnection open = connection;
        if (open == null) {
            return;
        }
        if (System.nanoTime() - lastFrameNanos > TimeUnit.SECONDS.toNanos(offlineAfterSeconds)) {
            open.close("server-silent");
        } else if (unacknowledged.waitsLongerThan(ANSWER_TIMEOUT_NANOS)) {
            open.close("answer-overdue");
        } else if (phase.compareTo(Phase.BACKLOG) >= 0) {
            metrics.increment(Counter.HEARTBEATS_SENT);
            open.write(FrameEncoder.HEARTBEAT);
        }
    }

    private void renewTokenInTime(WebSocketConnection open) {
        renewal = loop.schedule(
                () -> network.inBackground(() -> renewToken(open)),
                account.freshFor().toMillis() + 1,
                TimeUnit.MILLISECONDS);
    }

    private void renewToken(WebSocketConnection open) {
        try {
            String token = account.token();
            loop.execute(() -> {
                if (open == connection) {
                    String ref = unacknowledged.nextRef("a");
                    renewalRef = ref;
                    open.write(FrameEncoder.authenticate(ref, token));
                    renewTokenInTime(open);
                }
            });
        } catch (RuntimeException e) {
            loop.execute(() -> end(e));
        }
    }
}
