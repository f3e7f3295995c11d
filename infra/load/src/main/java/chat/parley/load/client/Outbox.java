package chat.parley.load.client;

import chat.parley.load.metrics.Meters;
import chat.parley.load.protocol.ClientFrames;
import chat.parley.load.protocol.Draft;
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
final class Outbox {
    private final EventLoop loop;
    private final Meters meters;
    private final Backoff backoff;
    private final Map<String, Pending> unanswered = new LinkedHashMap<>();
    private final Map<String, Pending> underWay = new HashMap<>();
    private @Nullable Connection connection;
    private @Nullable ScheduledFuture<?> held;
    private long refs;

    Outbox(EventLoop loop, Meters meters, Duration patience) {
        this.loop = loop;
        this.meters = meters;
        backoff = new Backoff(patience);
    }

    private static final class Pending {
        private final Draft draft;
        private final CompletableFuture<Long> position;
        private @Nullable String ref;
        private long writtenNanos;
        private boolean tried;

        Pending(Draft draft, CompletableFuture<Long> position) {
            this.draft = draft;
            this.position = position;
        }
    }

    /** @param position completed with the acknowledged position */
    void add(Draft draft, CompletableFuture<Long> position) {
        Pending pending = new Pending(draft, position);
        unanswered.put(draft.clientMessageId(), pending);
        if (held == null) {
            write(pending);
        }
    }

    void opened(Connection open) {
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
            meters.strayAnswers.increment();
            return;
        }
        backoff.succeeded();
        unanswered.remove(pending.draft.clientMessageId());
        meters.messageAcked(pending.draft.clientMessageId());
        pending.position.complete(position);
    }

    void refused(String ref, String code, long retryAfterMs) {
        Pending pending = underWay.remove(ref);
        if (pending == null) {
            meters.strayAnswers.increment();
            return;
        }
        pending.ref = null;
        if (Refused.isPassing(code) && !backoff.isExhausted()) {
            hold(retryAfterMs);
            return;
        }
        unanswered.remove(pending.draft.clientMessageId());
        meters.refused.increment();
        pending.position.completeExceptionally(new Refused("message.send", code));
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
        meters.messageSent(pending.draft.clientMessageId(), pending.tried);
        pending.tried = true;
        connection.write(ClientFrames.send(ref, pending.draft));
    }
}
