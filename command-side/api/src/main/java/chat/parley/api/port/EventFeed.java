package chat.parley.api.port;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every event of the store in its global order, followed from any index. */
public interface EventFeed {
    /** The index of the newest durable event; -1 where there is none. */
    long head();

    /** Everything after this index, then what comes. */
    Follower follow(long afterIndex);

    /** One reader; used by one thread at a time. */
    interface Follower extends AutoCloseable {
        /** The next event, or null when none came in time. */
        @Nullable
        Item next(Duration atMost) throws InterruptedException;

        /** Whether {@link #next} would answer at once. */
        boolean hasNext();

        @Override
        void close();
    }

    /** One event; {@link #payload()} is decoded when first asked for, so that foreign events cost nothing. */
    interface Item {
        /** Its place in the global order. */
        long index();

        /** The aggregate it belongs to. */
        String aggregate();

        /** Its sequence number in that aggregate + 1. */
        long position();

        Class<?> type();

        Object payload();

        Instant storedAt();

        /** Roughly the memory that this event holds, for those who keep some; 0 where that is not known. */
        default int bytes() {
            return 0;
        }
    }
}
