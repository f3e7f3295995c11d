package chat.parley.push.socket;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Lets the next frame of a socket in, unless too many of those before are unanswered or they came faster than their rate
 * allows: then the socket is not read until there are fewer, or for as long as that takes, and the network slows the
 * client down. What comes is dealt with in its order, and nothing is refused for its haste.
 */
public final class ReadGate {
    private final Transport transport;
    private final int maxUnanswered;
    private final BiConsumer<Duration, Runnable> later;
    private int unanswered;
    private int pauses;
    private boolean shut;

    /** @param later runs something after so long */
    public ReadGate(Transport transport, int maxUnanswered, BiConsumer<Duration, Runnable> later) {
        this.transport = transport;
        this.maxUnanswered = maxUnanswered;
        this.later = later;
    }

    /** A frame has come that will be answered later. */
    public synchronized void asked() {
        unanswered++;
    }

    public void answered() {
        synchronized (this) {
            unanswered--;
            notifyAll();
        }
        open();
    }

    /** The frame that has come is dealt with, but the next is not read before this time is over. */
    public void pause(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        synchronized (this) {
            pauses++;
        }
        later.accept(time, this::goOn);
    }

    private void goOn() {
        synchronized (this) {
            pauses--;
        }
        open();
    }

    private void open() {
        synchronized (this) {
            if (!shut || !mayRead()) {
                return;
            }
            shut = false;
        }
        transport.demand();
    }

    /** The frame is dealt with as far as its sender has to wait for that. */
    public void next() {
        synchronized (this) {
            if (!mayRead()) {
                shut = true;
                return;
            }
        }
        transport.demand();
    }

    private boolean mayRead() {
        return unanswered < maxUnanswered && pauses == 0;
    }

    /** Whether the socket is not being read, so that its silence says nothing. */
    public synchronized boolean isShut() {
        return shut;
    }

    public synchronized boolean isIdle() {
        return unanswered == 0;
    }

    /** Waits until everything is answered, or the time is up. */
    public synchronized void awaitIdle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); unanswered > 0 && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }
}
