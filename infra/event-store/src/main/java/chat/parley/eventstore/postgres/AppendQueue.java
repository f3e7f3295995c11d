package chat.parley.eventstore.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The FIFO queue of appends before the writer, bounded in number and in bytes. */
public final class AppendQueue {
    /** The result of an offer. */
    public enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
    private final int maxAppends;
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    public AppendQueue(int maxAppends, long maxBytes) {
        this.maxAppends = maxAppends;
        this.maxBytes = maxBytes;
    }

    public Offer offer(PendingAppend append) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waiting.size() >= maxAppends || (!waiting.isEmpty() && bytes + append.bytes() > maxBytes)) {
                return Offer.FULL;
            }
            waiting.add(append);
            bytes += append.bytes();
            filled.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next batch within these bounds, waiting for its first append. Empty if none arrived in time. A single
     * append may exceed the bound of bytes.
     */
    public List<PendingAppend> take(Duration atMost, int batchAppends, long batchBytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            List<PendingAppend> batch = new ArrayList<>();
            long taken = 0;
            while (!waiting.isEmpty()
                    && batch.size() < batchAppends
                    && (batch.isEmpty() || taken + waiting.peek().bytes() <= batchBytes)) {
                PendingAppend append = waiting.remove();
                taken += append.bytes();
                batch.add(append);
            }
            bytes -= taken;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Removes all appends. */
    List<PendingAppend> drain() {
        lock.lock();
        try {
            List<PendingAppend> all = List.copyOf(waiting);
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further appends. Queued ones can still be taken. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
