package chat.parley.load.workload;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A constant rate of messages, whether or not the server keeps up. The latency of a message counts from when it was due,
 * even if it was sent later.
 */
final class OpenLoop implements LoadModel {
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoop loop;
    private final List<ConversationDriver> conversations;
    private final double intervalNanos;
    private long startedNanos;
    private long sent;
    private boolean stopped;

    OpenLoop(EventLoop loop, List<ConversationDriver> conversations, double messagesPerSecond) {
        this.loop = loop;
        this.conversations = conversations;
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / messagesPerSecond;
    }

    @Override
    public void start() {
        startedNanos = System.nanoTime();
        sendDue();
    }

    private void sendDue() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        while (dueNanos() - now <= 0) {
            conversations.get((int) (sent % conversations.size())).send(dueNanos(), () -> {});
            sent++;
        }
        ScheduledFuture<?> ignored =
                loop.schedule(this::sendDue, Math.min(MAX_PAUSE_NANOS, dueNanos() - now), TimeUnit.NANOSECONDS);
    }

    private long dueNanos() {
        return startedNanos + (long) (sent * intervalNanos);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
