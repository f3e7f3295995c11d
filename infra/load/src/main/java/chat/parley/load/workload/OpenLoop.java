package chat.parley.load.workload;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * So many messages a second, evenly spaced, whether or not the server keeps up. Each is due at its own time, and its
 * latency counts from there even when it could be sent only later.
 */
final class OpenLoop implements LoadModel {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

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
        sendWhatIsDue();
    }

    private void sendWhatIsDue() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        while (due() - now <= 0) {
            conversations.get((int) (sent % conversations.size())).send(due(), OpenLoop::nothing);
            sent++;
        }
        ScheduledFuture<?> ignored =
                loop.schedule(this::sendWhatIsDue, Math.min(LONGEST_PAUSE_NANOS, due() - now), TimeUnit.NANOSECONDS);
    }

    private static void nothing() {
        // the clock says when the next one goes
    }

    private long due() {
        return startedNanos + (long) (sent * intervalNanos);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
