package chat.parley.dispatch;

import chat.parley.api.process.RepeatingThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the rounds of a process whose steps can be repeated, while the application runs: soon after the start, after each
 * pause, and whenever it is woken. A round that fails is logged, and the next one runs.
 */
public final class PeriodicRounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PeriodicRounds.class);

    /** A process that was interrupted by the end of the last run continues soon, but not while everything starts. */
    private static final Duration AFTER_START = Duration.ofSeconds(20);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final RepeatingThread thread;

    /** @param name of the process, which names the thread and the log lines */
    public PeriodicRounds(String name, Duration pause, Runnable round) {
        this(name, pause.compareTo(AFTER_START) < 0 ? pause : AFTER_START, pause, round);
    }

    /** @param first pause before the first round */
    public PeriodicRounds(String name, Duration first, Duration pause, Runnable round) {
        this.thread = new RepeatingThread(
                name,
                first,
                pause,
                STOP_LIMIT,
                round::run,
                e -> log.warn("A round of {} failed; the next one repeats it", name, e));
    }

    /** Starts a round at once, unless stopped. */
    public void wake() {
        thread.wake();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
