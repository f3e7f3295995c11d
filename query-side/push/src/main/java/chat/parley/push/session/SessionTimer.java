package chat.parley.push.session;

import chat.parley.push.fanout.FanoutFeedListener;
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

/**
 * The timer of the push tier, on one thread: once a second it checks the timeouts of each socket and device, and twice a
 * second it publishes changed presences.
 */
public final class SessionTimer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SessionTimer.class);

    private static final long PRESENCE_INTERVAL_MILLIS = 500;

    private final SocketRegistry sockets;
    private final DevicePresenceTracker devices;
    private final PresenceSubscriptions presences;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService timer;

    public SessionTimer(
            SocketRegistry sockets, DevicePresenceTracker devices, PresenceSubscriptions presences, Clock clock) {
        this.sockets = sockets;
        this.devices = devices;
        this.presences = presences;
        this.clock = clock;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("parley-session-timer").daemon().factory());
        var _ = started.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        var _ = started.scheduleWithFixedDelay(
                () -> guarded(presences::publishChanges),
                PRESENCE_INTERVAL_MILLIS,
                PRESENCE_INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
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
        return FanoutFeedListener.PHASE;
    }

    private void tick() {
        Instant now = clock.instant();
        for (SocketSession session : sockets.sockets()) {
            guarded(() -> session.tick(now));
        }
        guarded(devices::tick);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            log.warn("A periodic task of the push tier failed; it runs again at its next time", failed);
        }
    }
}
