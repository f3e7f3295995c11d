package chat.parley.load.client;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.protocol.FrameEncoder;
import chat.parley.load.protocol.OutgoingMessage;
import chat.parley.load.protocol.ReceivedFrame;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device of one person, over as many connections as it takes: it remembers what it received and resumes after it.
 * Its state is confined to one event loop; the public methods may be called from any thread.
 */
public final class ChatClient {
    private static final int UNAUTHENTICATED = 4401;
    private static final int CLOSED_FOR_GOOD_FROM = 4400;
    private static final int REPLACED = 4409;
    private static final int FORBIDDEN = 4403;
    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DEFAULT_HEARTBEAT_SECONDS = 5;
    private static final int DEFAULT_OFFLINE_AFTER_SECONDS = 30;

    private final UserAccount account;
    private final ClientNetwork network;
    private final EventLoop loop;
    private final ClientMetrics metrics;
    private final UnacknowledgedMessages outbox;
    private final RetryBackoff backoff;
    private final Map<String, EntryListener> receptions = new HashMap<>();
    private final Map<String, ReceivedEntries> received = new HashMap<>();

    private CompletableFuture<Void> ready = new CompletableFuture<>();
    private @Nullable CompletableFuture<Void> left;
    private Phase phase = Phase.OFFLINE;
    private @Nullable WebSocketConnection connection;
    private @Nullable ScheduledFuture<?> heartbeat;
    private @Nullable ScheduledFuture<?> renewal;
    private @Nullable String renewalRef;
    private @Nullable String cursor;
    private @Nullable String elsewhere;
    private long reconnectAfterMs;
    private long heardNanos;
    private int offlineAfterSeconds = DEFAULT_OFFLINE_AFTER_SECONDS;

    private Consumer<ReceivedFrame.Presence> presence = ignored -> {};

    /** A backlog that was cut off: its entries are here but no cursor says so, hence positions say it. */
    private boolean cursorLags;

    private enum Phase {
        OFFLINE,
        OPENING,
        GREETING,
        BACKLOG,
        LIVE,
        OVER
    }

    public ChatClient(UserAccount account, ClientNetwork network) {
        this.account = account;
        this.network = network;
        loop = network.nextLoop();
        metrics = network.metrics();
        outbox = new UnacknowledgedMessages(loop, metrics, network.patience());
        backoff = new RetryBackoff(network.patience());
    }

    /** Answers a device that has caught up. */
    public static ChatClient connected(UserAccount account, ClientNetwork network) throws InterruptedException {
        ChatClient device = new ChatClient(account, network);
        Await.result(device.start());
        return device;
    }

    public UserAccount account() {
        return account;
    }

    /** Connects, at first and after {@link #leave}; completes when it has caught up: from then on it misses nothing. */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        loop.execute(() -> {
            left = null;
            ready = started;
            open();
        });
        return started;
    }

    /** Cuts the connection and stays away until it is started again; completes when the connection is gone. */
    public CompletableFuture<Void> leave(DisconnectMode how) {
        CompletableFuture<Void> leaving = new CompletableFuture<>();
        loop.execute(() -> {
            left = leaving;
            if (phase == Phase.OFFLINE || phase == Phase.OVER) {
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
        if (phase == Phase.OVER) {
            position.completeExceptionally(new RunAbortedException("This device is over", null));
        } else {
            outbox.add(draft, position);
        }
    }

    /** Has these people watched as long as this connection lasts; what is told of them goes there. */
    public void watch(Collection<String> users, Consumer<ReceivedFrame.Presence> told) {
        loop.execute(() -> {
            presence = told;
            if (connection != null) {
                connection.write(FrameEncoder.watch(users));
            }
        });
    }

    public void cut(DisconnectMode how) {
        loop.execute(() -> {
            if (connection != null && phase.compareTo(Phase.GREETING) >= 0 && phase != Phase.OVER) {
                metrics.chaosCuts.increment();
                connection.cut(how);
            }
        });
    }

    /** Ends it for good. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(() -> end(new RunAbortedException("This device was stopped", null)), loop);
    }

    /** How far it is in a conversation; for its own event loop. */
    public int last(String conversation) {
        EntryListener here = receptions.get(conversation);
        return here == null ? 0 : here.last();
    }

    /** From here on the entries of a conversation go there, instead of being kept; for its own event loop. */
    public void listen(String conversation, EntryListener reception) {
        received.remove(conversation);
        receptions.put(conversation, reception);
    }

    public EventLoop loop() {
        return loop;
    }

    /** What it received and kept; to be read when it is stopped. */
    public Map<String, ReceivedEntries> received() {
        return received;
    }

    // ---- the life of a connection

    private void open() {
        if (phase == Phase.OVER) {
            ready.completeExceptionally(new RunAbortedException("This device is over", null));
            return;
        }
        if (phase != Phase.OFFLINE || left != null) {
            return;
        }
        phase = Phase.OPENING;
        network.whenThereIsRoom(() -> {
            try {
                String token = account.token();
                loop.execute(() -> dial(token));
            } catch (RuntimeException e) {
                network.leaveRoom();
                loop.execute(() -> end(e));
            }
        });
    }

    private void dial(String token) {
        WebSocketConnection next = new WebSocketConnection(this, token, network::leaveRoom);
        if (phase == Phase.OVER) {
            next.greetingOver();
            return;
        }
        if (left != null) {
            next.greetingOver();
            phase = Phase.OFFLINE;
            left.complete(null);
            return;
        }
        connection = next;
        network.dial(loop, URI.create(elsewhere == null ? account.webSocketUrl() : elsewhere), next);
        elsewhere = null;
    }

    void opened(WebSocketConnection open) {
        if (left != null) {
            open.cut(DisconnectMode.RESET);
            return;
        }
        phase = Phase.GREETING;
        heardNanos = System.nanoTime();
        beatEvery(DEFAULT_HEARTBEAT_SECONDS);
        boolean byPositions = cursor == null || cursorLags;
        boolean first = cursor == null && receptions.isEmpty();
        open.write(FrameEncoder.hello(
                open.token(),
                account.device(),
                byPositions ? null : cursor,
                byPositions && !first ? positions() : null));
        if (!first) {
            metrics.resumed.increment();
        }
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> positions = new HashMap<>();
        receptions.forEach((conversation, here) -> positions.put(conversation, here.last()));
        return positions;
    }

    void closed(WebSocketConnection gone) {
        if (gone != connection) {
            return;
        }
        connection = null;
        cancelTimers();
        outbox.closed();
        if (phase == Phase.OVER) {
            return;
        }
        if (phase.compareTo(Phase.BACKLOG) >= 0) {
            metrics.online.decrementAndGet();
        } else {
            metrics.connectionFailures.increment();
        }
        phase = Phase.OFFLINE;
        metrics.closed(gone.closeReason());
        if (left != null) {
            left.complete(null);
            return;
        }
        if (isForGood(gone.closeCode())) {
            end(new RequestRefusedException("The connection of " + account.displayName(), "close-" + gone.closeCode()));
            return;
        }
        // What we cut ourselves is no failure of the server, and does not count against our patience with it.
        long waitMs = Math.max(reconnectAfterMs, gone.wasCut() ? backoff.soon() : backoff.failed());
        reconnectAfterMs = 0;
        if (backoff.isExhausted()) {
            end(new RunAbortedException(
                    "No connection within " + network.patience().toSeconds() + " s", null));
        } else if (gone.closeCode() == UNAUTHENTICATED) {
            network.inBackground(() -> {
                try {
                    account.distrust(gone.token());
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

    private static boolean isForGood(int closeCode) {
        return closeCode == CLOSED_FOR_GOOD_FROM || closeCode == FORBIDDEN || closeCode == REPLACED;
    }

    private void end(RuntimeException why) {
        if (phase == Phase.BACKLOG || phase == Phase.LIVE) {
            metrics.online.decrementAndGet();
        }
        phase = Phase.OVER;
        cancelTimers();
        ready.completeExceptionally(why);
        if (left != null) {
            left.complete(null);
        }
        outbox.fail(why);
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

    // ---- what the server says

    void heard(WebSocketConnection from, ReceivedFrame frame) {
        if (phase == Phase.OVER || from != connection) {
            return;
        }
        heardNanos = System.nanoTime();
        switch (frame) {
            case ReceivedFrame.Entry entry -> entry(entry);
            case ReceivedFrame.Ack ack -> acked(ack);
            case ReceivedFrame.Refusal error -> refused(error);
            case ReceivedFrame.Welcome welcome -> welcomed(from, welcome);
            case ReceivedFrame.CaughtUp caughtUp -> caughtUp(caughtUp);
            case ReceivedFrame.State state -> state(from, state);
            case ReceivedFrame.GoAway goAway -> {
                reconnectAfterMs = goAway.reconnectAfterMs();
                elsewhere = goAway.url();
                from.close("goaway");
            }
            case ReceivedFrame.Presence somebody -> presence.accept(somebody);
            case ReceivedFrame.Other other -> {
                // typing and the like are not what we check
                if (other.isHeartbeat()) {
                    metrics.heartbeatsAnswered.increment();
                }
            }
        }
    }

    void heardNonsense(WebSocketConnection from) {
        metrics.unreadableFrames.increment();
        from.close("unreadable");
    }

    private void welcomed(WebSocketConnection from, ReceivedFrame.Welcome welcome) {
        from.greetingOver();
        phase = Phase.BACKLOG;
        metrics.connected.increment();
        metrics.online.incrementAndGet();
        if (welcome.offlineAfterSeconds() > 0) {
            offlineAfterSeconds = welcome.offlineAfterSeconds();
        }
        beatEvery(welcome.heartbeatSeconds() > 0 ? welcome.heartbeatSeconds() : DEFAULT_HEARTBEAT_SECONDS);
        renewTokenInTime(from);
        outbox.opened(from);
    }

    private void entry(ReceivedFrame.Entry entry) {
        EntryListener reception = receptions.get(entry.conversation());
        (reception == null ? keep(entry.conversation()) : reception).add(entry);
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
        receptions.put(conversation, kept);
        return kept;
    }

    private void caughtUp(ReceivedFrame.CaughtUp caughtUp) {
        phase = Phase.LIVE;
        cursor = caughtUp.cursor();
        cursorLags = false;
        backoff.succeeded();
        ready.complete(null);
    }

    private void state(WebSocketConnection from, ReceivedFrame.State state) {
        if (state.resync()) {
            // The cursor is of an earlier epoch. What we have, we know by position.
            metrics.resyncs.increment();
            cursor = null;
            from.close("resync");
        }
    }

    private void acked(ReceivedFrame.Ack ack) {
        if (ack.ref().equals(renewalRef)) {
            renewalRef = null;
            metrics.tokensRenewed.increment();
        } else {
            outbox.acked(ack.ref(), ack.position());
        }
    }

    private void refused(ReceivedFrame.Refusal error) {
        metrics.errorCode(error.code());
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
            outbox.refused(ref, error.code(), error.retryAfterMs());
        }
    }

    // ---- staying connected

    private void beatEvery(int seconds) {
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        long millis = TimeUnit.SECONDS.toMillis(seconds);
        heartbeat = loop.scheduleAtFixedRate(
                this::beat, ThreadLocalRandom.current().nextLong(1, millis), millis, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        WebSocketConnection open = connection;
        if (open == null) {
            return;
        }
        if (System.nanoTime() - heardNanos > TimeUnit.SECONDS.toNanos(offlineAfterSeconds)) {
            open.close("server-silent");
        } else if (outbox.waitsLongerThan(ANSWER_TIMEOUT_NANOS)) {
            open.close("answer-overdue");
        } else if (phase.compareTo(Phase.BACKLOG) >= 0) {
            metrics.heartbeatsSent.increment();
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
                    String ref = outbox.nextRef("a");
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
