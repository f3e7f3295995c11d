package chat.parley.audit.follow;

import chat.parley.api.port.RawEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The event store for several followers of its head, of which each has its own thread, position and failures. What one of
 * them reads at the head is kept for the others, so that each event is read from the store once. A follower that is
 * further behind than what is kept reads the store by itself until it has caught up.
 */
public final class FollowedEvents implements RawEvents {
    /** Some seconds of a busy node. A follower that is further behind costs a second reading and no memory. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final RawEvents store;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();

    // All guarded by the lock.
    private final Set<Follower> followers = new HashSet<>();
    private final Deque<List<RawEvent>> kept = new ArrayDeque<>();
    private long keptBytes;
    /** The kept events are those after {@code first} up to {@code end}. */
    private long first = -1;

    private long end = -1;
    /** Reads the events after {@code end}. */
    private @Nullable Reader head;

    public FollowedEvents(RawEvents store) {
        this(store, MOST_BYTES);
    }

    FollowedEvents(RawEvents store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    @Override
    public long head() {
        return store.head();
    }

    @Override
    public long firstAt(Instant moment) {
        return store.firstAt(moment);
    }

    @Override
    public Optional<RawEvent> at(long index) {
        return store.at(index);
    }

    @Override
    public Follower after(long index) {
        Follower follower = new Follower(index);
        lock.lock();
        try {
            followers.add(follower);
        } finally {
            lock.unlock();
        }
        return follower;
    }

    /** Number of events that are kept for followers. */
    long kept() {
        lock.lock();
        try {
            return end - first;
        } finally {
            lock.unlock();
        }
    }

    /** Reads on at the head. After a failure the next call opens the store again. */
    private void readHead() {
        Reader reader = head;
        if (reader == null) {
            reader = store.after(end);
            head = reader;
        }
        List<RawEvent> batch;
        try {
            batch = reader.next();
        } catch (RuntimeException failed) {
            closeHead();
            throw failed;
        }
        if (!batch.isEmpty()) {
            kept.addLast(batch);
            keptBytes += bytes(batch);
            end = batch.getLast().index();
            read.signalAll();
        }
    }

    private static long bytes(List<RawEvent> batch) {
        return batch.stream().mapToLong(event -> event.payload().length).sum();
    }

    /** Nobody has read so far. Followers that have not are behind. */
    private void jump(long index) {
        closeHead();
        kept.clear();
        keptBytes = 0;
        first = index;
        end = index;
    }

    private void closeHead() {
        Reader reader = head;
        head = null;
        if (reader != null) {
            reader.close();
        }
    }

    /** Drops what every follower near the head has, and what is too much. */
    private void drop() {
        long passed = followers.stream()
                .mapToLong(follower -> follower.last)
                .filter(last -> last >= first)
                .min()
                .orElse(end);
        while (!kept.isEmpty() && (kept.getFirst().getLast().index() <= passed || keptBytes > mostBytes)) {
            List<RawEvent> dropped = kept.removeFirst();
            keptBytes -= bytes(dropped);
            first = dropped.getLast().index();
        }
    }

    /** One follower, for one thread. */
    public final class Follower implements Reader {
        /** The newest event that the follower has; written by its own thread, with the lock. */
        private long last;

        private @Nullable Reader behind;

        private Follower(long index) {
            last = index;
        }

        @Override
        public List<RawEvent> next() {
            lock.lock();
            try {
                if (last > end) {
                    jump(last);
                }
                if (last >= first) {
                    closeBehind();
                    return nextNearHead();
                }
            } finally {
                lock.unlock();
            }
            return nextBehind();
        }

        private List<RawEvent> nextNearHead() {
            if (last == end) {
                readHead();
            }
            List<RawEvent> next = List.of();
            for (List<RawEvent> batch : kept) {
                if (batch.getLast().index() > last) {
                    // Indexes have no gaps.
                    next = batch.subList((int) (last + 1 - batch.getFirst().index()), batch.size());
                    last = batch.getLast().index();
                    break;
                }
            }
            drop();
            return next;
        }

        /** Without the lock, so that those at the head do not wait. */
        private List<RawEvent> nextBehind() {
            Reader reader = behind;
            if (reader == null) {
                reader = store.after(last);
                behind = reader;
            }
            List<RawEvent> batch = reader.next();
            if (!batch.isEmpty()) {
                lock.lock();
                try {
                    last = batch.getLast().index();
                } finally {
                    lock.unlock();
                }
            }
            return batch;
        }

        /** Waits until there is something to read because another follower has read it, or for this time. */
        public void await(Duration atMost) throws InterruptedException {
            long left = atMost.toNanos();
            lock.lockInterruptibly();
            try {
                while (last >= end && left > 0) {
                    left = read.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        private void closeBehind() {
            Reader reader = behind;
            behind = null;
            if (reader != null) {
                reader.close();
            }
        }

        @Override
        public void close() {
            closeBehind();
            lock.lock();
            try {
                followers.remove(this);
                drop();
                if (followers.isEmpty()) {
                    closeHead();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
