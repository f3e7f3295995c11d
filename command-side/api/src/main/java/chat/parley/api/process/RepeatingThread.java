package chat.parley.api.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs rounds on a thread of its own, one after another, with a pause in between that {@link #wake} ends. */
public final class RepeatingThread {
    /** One round. It may be endless, and then ends when it is interrupted or {@link #isCurrent} turns false. */
    @FunctionalInterface
    public interface Round {
        void run() throws InterruptedException;
    }

    private final OwnedThread thread;
    private final Duration first;
    private final Duration pause;
    private final Round round;
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
            Round round,
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

    /** Whether the caller is this thread, and it was not stopped. */
    public boolean isCurrent() {
        return thread.isCurrent();
    }

    /** Ends the pause, or, while there is none, the next one at its beginning. */
    public void wake() {
        wakes.release();
    }

    /** Pauses within a round as between two. */
    public void pause() throws InterruptedException {
        pause(pause);
    }

    private void pause(Duration atMost) throws InterruptedException {
        if (thread.isCurrent() && wakes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            wakes.drainPermits();
        }
    }

    private void run() {
        try {
            pause(first);
            while (thread.isCurrent()) {
                runRound();
                pause();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void runRound() throws InterruptedException {
        try {
            round.run();
        } catch (RuntimeException e) {
            if (thread.isCurrent()) {
                failed.accept(e);
            }
        }
    }
}
