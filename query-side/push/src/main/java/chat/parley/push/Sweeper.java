package chat.parley.push;

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
final class Sweeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final SessionRegistry registry;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService timer;

    Sweeper(SessionRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("parley-sweeper").daemon().factory());
        var _ = started.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
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
        for (Session session : registry.sockets()) {
            try {
                session.tick(now);
            } catch (RuntimeException failed) {
                log.warn("A session could not be looked after", failed);
            }
        }
    }
}
