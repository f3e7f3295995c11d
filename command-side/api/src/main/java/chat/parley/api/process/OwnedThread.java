package chat.parley.api.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A named daemon thread that its owner starts and stops, also again after a stop. */
public final class OwnedThread {
    private final String name;
    private final Runnable work;
    private final Duration stopLimit;
    private volatile @Nullable Thread thread;

    /**
     * @param work      ends when it is interrupted or {@link #isCurrent} turns false
     * @param stopLimit how long {@link #stop} waits for that end
     */
    public OwnedThread(String name, Runnable work, Duration stopLimit) {
        this.name = name;
        this.work = work;
        this.stopLimit = stopLimit;
    }

    public String name() {
        return name;
    }

    /** Does nothing while the thread is started. */
    public synchronized void start() {
        if (thread == null) {
            Thread started = Thread.ofPlatform().name(name).daemon().unstarted(work);
            thread = started;
            started.start();
        }
    }

    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(stopLimit);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it was started and not stopped since. */
    public boolean isStarted() {
        return thread != null;
    }

    /** Whether the caller is this thread, and it was not stopped. */
    public boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }
}
