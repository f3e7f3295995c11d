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
 * The messages of one client without a final answer, in the order of sending. Each is sent again with the same
 * clientMessageId until it has one: after a disconnect on the next connection, after a transient refusal when its delay
 * is over. Confined to the event loop.
 */
final class UnacknowledgedMessages {
    private final EventLoop loop;
    private final ClientMetrics metrics;
    private final RetryBackoff backoff;
    private final Map<String, Pending> messages = new LinkedHashMap<>();
    private final Map<String, Pending> inFlight = new HashMap<>();
    private @Nullable WebSocketConnection connection;
    private @Nullable ScheduledFuture<?> delay;
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
        private boolean wasSent;

        Pending(OutgoingMessage draft, CompletableFuture<Long> position) {
            this.draft = draft;
            this.position = position;
        }
    }

    /** @param position completed with the acknowledged position */
    void add(OutgoingMessage draft, CompletableFuture<Long> position) {
        Pending pending = new Pending(draft, position);
        messages.put(draft.clientMessageId(), pending);
        if (delay == null) {
            write(pending);
        }
    }

    void opened(WebSocketConnection open) {
        connection = open;
        writeWaiting();
    }

    void closed() {
        connection = null;
        inFlight.clear();
        messages.values().forEach(pending -> pending.ref = null);
    }

    void acked(String ref, long position) {
        Pending pending = inFlight.remove(ref);
        if (pending == null) {
            metrics.increment(Counter.UNEXPECTED_ANSWERS);
            return;
        }
        backoff.succeeded();
        messages.remove(pending.draft.clientMessageId());
        metrics.messageAcked(pending.draft.clientMessageId());
        pending.position.complete(position);
    }

    void refused(String ref, String code, long retryAfterMs) {
        Pending pending = inFlight.remove(ref);
        if (pending == null) {
            metrics.increment(Counter.UNEXPECTED_ANSWERS);
            return;
        }
        pending.ref = null;
        if (RequestRefusedException.isTransient(code) && !backoff.isExhausted()) {
            sendAgainAfter(retryAfterMs);
            return;
        }
        messages.remove(pending.draft.clientMessageId());
        metrics.increment(Counter.REFUSED);
        pending.position.completeExceptionally(new RequestRefusedException("message.send", code));
    }

    void fail(RuntimeException cause) {
        List<Pending> all = new ArrayList<>(messages.values());
        messages.clear();
        inFlight.clear();
        all.forEach(pending -> pending.position.completeExceptionally(cause));
    }

    /** Whether a message has waited longer than this for its answer. */
    boolean waitsLongerThan(long nanos) {
        long now = System.nanoTime();
        return inFlight.values().stream().anyMatch(pending -> now - pending.writtenNanos > nanos);
    }

    String nextRef(String prefix) {
        return prefix + ++refs;
    }

    /** Messages that are refused while one waits are sent again with it, in their old order. */
    private void sendAgainAfter(long retryAfterMs) {
        if (delay == null) {
            delay = loop.schedule(
                    () -> {
                        delay = null;
                        writeWaiting();
                    },
                    Math.max(retryAfterMs, backoff.failed()),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void writeWaiting() {
        if (delay == null) {
            messages.values().stream().filter(pending -> pending.ref == null).forEach(this::write);
        }
    }

    private void write(Pending pending) {
        if (connection == null) {
            return;
        }
        String ref = nextRef("m");
        pending.ref = ref;
        pending.writtenNanos = System.nanoTime();
        inFlight.put(ref, pending);
        metrics.messageSent(pending.draft.clientMessageId(), pending.wasSent);
        pending.wasSent = true;
        connection.write(FrameEncoder.send(ref, pending.draft));
    }
}
