package chat.parley.push;

import java.time.Duration;

/**
 * Lets the next frame of a socket in, unless too many of those before are unanswered: then the socket is not read until
 * there are fewer, and the network slows the client down.
 */
final class ReadGate {
    private final Transport transport;
    private final int maxUnanswered;
    private int unanswered;
    private boolean shut;

    ReadGate(Transport transport, int maxUnanswered) {
        this.transport = transport;
        this.maxUnanswered = maxUnanswered;
    }

    /** A frame has come that will be answered later. */
    synchronized void asked() {
        unanswered++;
    }

    void answered() {
        synchronized (this) {
            unanswered--;
            notifyAll();
            if (!shut || unanswered >= maxUnanswered) {
                return;
            }
            shut = false;
        }
        transport.demand();
    }

    /** The frame is dealt with as far as its sender has to wait for that. */
    void next() {
        synchronized (this) {
            if (unanswered >= maxUnanswered) {
                shut = true;
                return;
            }
        }
        transport.demand();
    }

    /** Whether the socket is not being read, so that its silence says nothing. */
    synchronized boolean isShut() {
        return shut;
    }

    synchronized boolean isIdle() {
        return unanswered == 0;
    }

    /** Waits until everything is answered, or the time is up. */
    synchronized void awaitIdle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); unanswered > 0 && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }
}
