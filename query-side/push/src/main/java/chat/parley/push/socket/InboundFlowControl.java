package chat.parley.push.socket;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * The flow control of the frames that one socket receives. The next frame is not read while too many requests are
 * unanswered or after frames came faster than their rate allows. Meanwhile TCP slows the client down. Frames are
 * handled in their order, and none is refused because of its rate.
 *
 * <p>Threading: may be used by any thread.
 */
public final class InboundFlowControl {
    private final Transport transport;
    private final int maxUnanswered;
    private final BiConsumer<Duration, Runnable> later;
    private int unanswered;
    private int delays;
    private boolean paused;

    /** @param later runs a task after a time */
    public InboundFlowControl(Transport transport, int maxUnanswered, BiConsumer<Duration, Runnable> later) {
        this.transport = transport;
        this.maxUnanswered = maxUnanswered;
        this.later = later;
    }

    /** A frame was received that is answered later, by {@link #requestAnswered}. */
    public synchronized void requestStarted() {
        unanswered++;
    }

    public void requestAnswered() {
        synchronized (this) {
            unanswered--;
            notifyAll();
        }
        resume();
    }

    /** Delays the reading of the next frame by this time. */
    public void delay(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        synchronized (this) {
            delays++;
        }
        later.accept(time, this::delayEnded);
    }

    private void delayEnded() {
        synchronized (this) {
            delays--;
        }
        resume();
    }

    private void resume() {
        synchronized (this) {
            if (!paused || !mayRead()) {
                return;
            }
            paused = false;
        }
        transport.demand();
    }

    /** The frame that was read is handled, so the next one may be read. A request may still be unanswered. */
    public void frameHandled() {
        synchronized (this) {
            if (!mayRead()) {
                paused = true;
                return;
            }
        }
        transport.demand();
    }

    private boolean mayRead() {
        return unanswered < maxUnanswered && delays == 0;
    }

    /** Whether the socket is not read at the moment, so that silence does not show that the client is gone. */
    public synchronized boolean isPaused() {
        return paused;
    }

    /** Whether every request is answered. */
    public synchronized boolean isIdle() {
        return unanswered == 0;
    }

    /** Waits until every request is answered, at most for this time. */
    public synchronized void awaitIdle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); unanswered > 0 && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }
}
