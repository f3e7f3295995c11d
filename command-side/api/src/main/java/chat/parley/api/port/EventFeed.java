package chat.parley.api.port;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All events of the store in their global order, readable from any index. */
public interface EventFeed {
    /** The index of the newest durable event; -1 where there is none. */
    long head();

    /** Reads all events after this index, then waits for new ones. */
    Follower follow(long afterIndex);

    /** One reader. Not thread-safe. */
    interface Follower extends AutoCloseable {
        /** The next event, or null if none arrived in time. */
        @Nullable
        Item next(Duration atMost) throws InterruptedException;

        /** Whether {@link #next} would return without waiting. */
        boolean hasNext();

        @Override
        void close();
    }

    /** One event. {@link #payload()} is decoded on its first call, so that events a reader skips are never decoded. */
    interface Item {
        /** The event's global index. */
        long index();

        /** The aggregate identifier. */
        String aggregate();

        /** The sequence number in the aggregate + 1. */
        long position();

        Class<?> type();

        Object payload();

        Instant storedAt();

        /** Approximate memory of this event in bytes, for readers that buffer events; 0 if unknown. */
        default int bytes() {
            return 0;
        }
    }
}
