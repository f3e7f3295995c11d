package chat.parley.push.session;

import chat.parley.push.fanout.FeedPump;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.PresenceSubscriptions;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** One timer for all sockets: once a second each looks at its own times. */
public final class Sweeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private static final long TELLING_MILLIS = 500;

    private final SocketSessionRegistry registry;
    private final DevicePresenceTracker presences;
    private final PresenceSubscriptions board;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService timer;

    public Sweeper(
            SocketSessionRegistry registry, DevicePresenceTracker presences, PresenceSubscriptions board, Clock clock) {
        this.registry = registry;
        this.presences = presences;
        this.board = board;
        this.clock = clock;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("parley-sweeper").daemon().factory());
        var _ = started.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        var _ = started.scheduleWithFixedDelay(
                () -> guarded(board::tell), TELLING_MILLIS, TELLING_MILLIS, TimeUnit.MILLISECONDS);
        timer = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return FeedPump.PHASE;
    }

    private void sweep() {
        Instant now = clock.instant();
        for (SocketSession session : registry.sockets()) {
            guarded(() -> session.tick(now));
        }
        guarded(presences::tick);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            log.warn("Sessions could not be looked after", failed);
        }
    }
}
