package chat.parley.dispatch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the rounds of a process whose steps can be repeated: soon after the start, after each pause, and whenever it is
 * woken. One round runs at a time, on a daemon thread of its own. A round that fails is logged, and the next one runs.
 */
public final class PeriodicRounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PeriodicRounds.class);

    /** A process that was interrupted by the end of the last run continues soon, but not while everything starts. */
    private static final Duration AFTER_START = Duration.ofSeconds(20);

    private final String name;
    private final Duration pause;
    private final Runnable round;
    private volatile @Nullable ScheduledExecutorService executor;

    /** @param name of the process, which names the thread and the log lines */
    public PeriodicRounds(String name, Duration pause, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    /** Starts a round at once, unless stopped. */
    public void wake() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.execute(this::attempt);
        }
    }

    /** Catches every exception, because an exception would end the schedule. */
    private void attempt() {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.warn("A round of {} failed; the next one repeats it", name, e);
        }
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        long first = Math.min(AFTER_START.toMillis(), pause.toMillis());
        var _ = started.scheduleWithFixedDelay(this::attempt, first, pause.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.shutdownNow();
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
