package chat.parley.push.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written to one socket, bounded in bytes. They are written in order, and a sender never
 * waits for the client.
 *
 * <p>Threading: any thread may send; one thread at a time holds frames back and flushes them.
 */
public final class OutboundQueue {
    /** Memory of a queued frame besides its text, so that very many small frames are bounded too. */
    private static final int FRAME_OVERHEAD = 256;

    /** Droppable frames are dropped above this size, because the client is behind. */
    private static final long DROP_ABOVE_BYTES = 256 * 1024;

    private final Transport transport;
    private final long maxQueuedBytes;
    private final LongAdder nodeQueuedBytes;
    private final Runnable onOverflow;
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable Waiter waiter;

    /** The last frame that was held back. */
    private byte @Nullable [] held;

    public OutboundQueue(Transport transport, long maxQueuedBytes, LongAdder nodeQueuedBytes, Runnable onOverflow) {
        this.transport = transport;
        this.maxQueuedBytes = maxQueuedBytes;
        this.nodeQueuedBytes = nodeQueuedBytes;
        this.onOverflow = onOverflow;
    }

    private record Waiter(Thread thread, long bytes) {}

    /** Sends a frame that must not be lost. If it does not fit, the session ends. */
    public void send(byte[] frame) {
        if (reserve(frame)) {
            write(frame, false);
        }
    }

    /**
     * As {@link #send}, but the frame may wait for {@link #flush}, to be written together with the next ones. Frames that
     * other threads send meanwhile are written before.
     *
     * @return whether this is the first held frame since the last flush
     */
    public boolean hold(byte[] frame) {
        if (!reserve(frame)) {
            return false;
        }
        byte[] before = held;
        held = frame;
        if (before == null) {
            return true;
        }
        write(before, true);
        return false;
    }

    /** Sends the frame that is held back. */
    public void flush() {
        byte[] last = held;
        if (last != null) {
            held = null;
            write(last, false);
        }
    }

    private boolean reserve(byte[] frame) {
        if (closed) {
            return false;
        }
        int cost = cost(frame);
        if (queuedBytes.addAndGet(cost) > maxQueuedBytes) {
            queuedBytes.addAndGet(-cost);
            closed = true;
            onOverflow.run();
            return false;
        }
        nodeQueuedBytes.add(cost);
        return true;
    }

    private void write(byte[] frame, boolean more) {
        transport.send(ByteBuffer.wrap(frame), more, () -> written(cost(frame)));
    }

    private static int cost(byte[] frame) {
        return frame.length + FRAME_OVERHEAD;
    }

    /** Sends a droppable frame, unless the client is behind. */
    public void offer(byte[] frame) {
        if (queuedBytes.get() <= DROP_ABOVE_BYTES) {
            send(frame);
        }
    }

    /** Refuses all further frames. */
    public void close() {
        closed = true;
        Waiter waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting.thread());
        }
    }

    /**
     * Flushes, and waits until at most this many bytes are queued.
     *
     * @return false if the queue was closed or the time was over before
     */
    public boolean awaitAtMost(long bytes, Duration timeout) throws InterruptedException {
        if (queuedBytes.get() <= bytes) {
            return !closed;
        }
        flush();
        long deadline = System.nanoTime() + timeout.toNanos();
        waiter = new Waiter(Thread.currentThread(), bytes);
        try {
            while (!closed && queuedBytes.get() > bytes) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return !closed;
        } finally {
            waiter = null;
        }
    }

    public boolean isClosed() {
        return closed;
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    private void written(int cost) {
        nodeQueuedBytes.add(-cost);
        long left = queuedBytes.addAndGet(-cost);
        Waiter waiting = waiter;
        if (waiting != null && left <= waiting.bytes()) {
            LockSupport.unpark(waiting.thread());
        }
    }
}
