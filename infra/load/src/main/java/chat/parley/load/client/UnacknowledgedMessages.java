package chat.parley.load.client;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.protocol.FrameEncoder;
import chat.parley.load.protocol.OutgoingMessage;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one device that have no final answer yet, in the order in which they were said. Each is said again,
 * under the same clientMessageId, until it has one: after a cut on the next connection, after a passing refusal when
 * its time has come. Confined to the event loop.
 */
final class UnacknowledgedMessages {
    private final EventLoop loop;
    private final ClientMetrics metrics;
    private final RetryBackoff backoff;
    private final Map<String, Pending> unanswered = new LinkedHashMap<>();
    private final Map<String, Pending> underWay = new HashMap<>();
    private @Nullable WebSocketConnection connection;
    private @Nullable ScheduledFuture<?> held;
    private long refs;

    UnacknowledgedMessages(EventLoop loop, ClientMetrics metrics, Duration patience) {
        this.loop = loop;
        this.metrics = metrics;
        backoff = new RetryBackoff(patience);
    }

    private static final class Pending {
        private final OutgoingMessage draft;
        private final CompletableFuture<Long> position;
        private @Nullable String ref;
        private long writtenNanos;
        private boolean tried;

        Pending(OutgoingMessage draft, CompletableFuture<Long> position) {
            this.draft = draft;
            this.position = position;
        }
    }

    /** @param position completed with the acknowledged position */
    void add(OutgoingMessage draft, CompletableFuture<Long> position) {
        Pending pending = new Pending(draft, position);
        unanswered.put(draft.clientMessageId(), pending);
        if (held == null) {
            write(pending);
        }
    }

    void opened(WebSocketConnection open) {
        connection = open;
        writeWaiting();
    }

    void closed() {
        connection = null;
        underWay.clear();
        unanswered.values().forEach(pending -> pending.ref = null);
    }

    void acked(String ref, long position) {
        Pending pending = underWay.remove(ref);
        if (pending == null) {
            metrics.increment(Counter.UNEXPECTED_ANSWERS);
            return;
        }
        backoff.succeeded();
        unanswered.remove(pending.draft.clientMessageId());
        metrics.messageAcked(pending.draft.clientMessageId());
        pending.position.complete(position);
    }

    void refused(String ref, String code, long retryAfterMs) {
        Pending pending = underWay.remove(ref);
        if (pending == null) {
            metrics.increment(Counter.UNEXPECTED_ANSWERS);
            return;
        }
        pending.ref = null;
        if (RequestRefusedException.isPassing(code) && !backoff.isExhausted()) {
            hold(retryAfterMs);
            return;
        }
        unanswered.remove(pending.draft.clientMessageId());
        metrics.increment(Counter.REFUSED);
        pending.position.completeExceptionally(new RequestRefusedException("message.send", code));
    }

    void fail(RuntimeException cause) {
        List<Pending> all = new ArrayList<>(unanswered.values());
        unanswered.clear();
        underWay.clear();
        all.forEach(pending -> pending.position.completeExceptionally(cause));
    }

    /** Whether an answer is overdue by this much. */
    boolean waitsLongerThan(long nanos) {
        long now = System.nanoTime();
        return underWay.values().stream().anyMatch(pending -> now - pending.writtenNanos > nanos);
    }

    String nextRef(String prefix) {
        return prefix + ++refs;
    }

    /** One wait for all that was refused together, so that it is said again in the old order. */
    private void hold(long retryAfterMs) {
        if (held == null) {
            held = loop.schedule(
                    () -> {
                        held = null;
                        writeWaiting();
                    },
                    Math.max(retryAfterMs, backoff.failed()),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void writeWaiting() {
        if (held == null) {
            unanswered.values().stream().filter(pending -> pending.ref == null).forEach(this::write);
        }
    }

    private void write(Pending pending) {
        if (connection == null) {
            return;
        }
        String ref = nextRef("m");
        pending.ref = ref;
        pending.writtenNanos = System.nanoTime();
        underWay.put(ref, pending);
        metrics.messageSent(pending.draft.clientMessageId(), pending.tried);
        pending.tried = true;
        connection.write(FrameEncoder.send(ref, pending.draft));
    }
}
