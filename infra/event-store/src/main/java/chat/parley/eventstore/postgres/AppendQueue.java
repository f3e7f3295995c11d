package chat.parley.eventstore.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Appends on their way to the writer, bounded in number and in bytes; handed over in the order they came. */
public final class AppendQueue {
    /** Whether an append was taken, and why not. */
    public enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();
    private final int maxAppends;
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    public AppendQueue(int maxAppends, long maxBytes) {
        this.maxAppends = maxAppends;
        this.maxBytes = maxBytes;
    }

    public Offer offer(Append append) {
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

    /** What is there, at least one if any and within the bounds of a batch; empty when nothing came in time. */
    public List<Append> take(Duration atMost, int batchAppends, long batchBytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            List<Append> batch = new ArrayList<>();
            long taken = 0;
            while (!waiting.isEmpty()
                    && batch.size() < batchAppends
                    && (batch.isEmpty() || taken + waiting.peek().bytes() <= batchBytes)) {
                Append append = waiting.remove();
                taken += append.bytes();
                batch.add(append);
            }
            bytes -= taken;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that is there. */
    List<Append> drain() {
        lock.lock();
        try {
            List<Append> all = List.copyOf(waiting);
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is in it may still be taken out. */
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
