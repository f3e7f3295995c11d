package chat.parley.push.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, bounded in bytes. Frames leave in the order they came; whoever sends never
 * waits for the reader.
 */
public final class OutboundQueue {
    /** What a queued frame costs beside its text, so that very many very small ones count too. */
    private static final int FRAME_OVERHEAD = 256;

    /** Past this, frames that may be lost are: such a reader has better things to catch up with. */
    private static final long DROPPING_ABOVE = 256 * 1024;

    private final Transport transport;
    private final long maxQueuedBytes;
    private final LongAdder nodeQueuedBytes;
    private final Runnable onOverflow;
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable Waiter waiter;

    /** The last frame that was held back; used by one thread at a time. */
    private byte @Nullable [] held;

    public OutboundQueue(Transport transport, long maxQueuedBytes, LongAdder nodeQueuedBytes, Runnable onOverflow) {
        this.transport = transport;
        this.maxQueuedBytes = maxQueuedBytes;
        this.nodeQueuedBytes = nodeQueuedBytes;
        this.onOverflow = onOverflow;
    }

    private record Waiter(Thread thread, long bytes) {}

    /** Sends what must not be lost: where it does not fit, the session ends instead. */
    public void send(byte[] frame) {
        if (take(frame)) {
            write(frame, false);
        }
    }

    /**
     * As {@link #send}, but may wait for {@link #flush}, so that it leaves together with what follows. One thread at a
     * time holds and flushes; what others send meanwhile goes first.
     *
     * @return whether this is the first since the last flush
     */
    public boolean hold(byte[] frame) {
        if (!take(frame)) {
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

    /** Sends what is held back. */
    public void flush() {
        byte[] last = held;
        if (last != null) {
            held = null;
            write(last, false);
        }
    }

    private boolean take(byte[] frame) {
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

    /** Sends what may be lost, unless the reader is behind. */
    public void offer(byte[] frame) {
        if (queuedBytes.get() <= DROPPING_ABOVE) {
            send(frame);
        }
    }

    /** Nothing is taken any more. */
    public void close() {
        closed = true;
        Waiter waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting.thread());
        }
    }

    /**
     * Waits until at most so much is queued; flushes before that.
     *
     * @return whether it came to that, rather than to the end of the session or of the time
     */
    public boolean awaitAtMost(long bytes, Duration patience) throws InterruptedException {
        if (queuedBytes.get() <= bytes) {
            return !closed;
        }
        flush();
        long deadline = System.nanoTime() + patience.toNanos();
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
