package chat.parley.api.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs rounds on a thread of its own, one after another, with a pause in between that {@link #wake} ends. */
public final class RepeatingThread {
    private final OwnedThread thread;
    private final Duration first;
    private final Duration pause;
    private final Runnable round;
    private final Consumer<RuntimeException> failed;
    private final Semaphore wakes = new Semaphore(0);

    /**
     * @param first     pause before the first round
     * @param stopLimit how long {@link #stop} waits for the end of a round, which it interrupts
     * @param failed    told of a round that failed, unless it was stopped; the next round follows
     */
    public RepeatingThread(
            String name,
            Duration first,
            Duration pause,
            Duration stopLimit,
            Runnable round,
            Consumer<RuntimeException> failed) {
        this.thread = new OwnedThread(name, this::run, stopLimit);
        this.first = first;
        this.pause = pause;
        this.round = round;
        this.failed = failed;
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        thread.stop();
    }

    /** Whether it was started and not stopped since. */
    public boolean isStarted() {
        return thread.isStarted();
    }

    /** Starts a round at once, or, while one runs, right after it. */
    public void wake() {
        wakes.release();
    }

    private void run() {
        Duration next = first;
        while (isDueAfter(next)) {
            try {
                round.run();
            } catch (RuntimeException e) {
                if (!thread.isCurrent()) {
                    return;
                }
                failed.accept(e);
            }
            next = pause;
        }
    }

    /** Returns false if the thread was stopped. */
    private boolean isDueAfter(Duration wait) {
        try {
            if (wakes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
            return thread.isCurrent();
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
