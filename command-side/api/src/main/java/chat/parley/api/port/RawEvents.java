package chat.parley.api.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All events exactly as the store keeps them: neither upcast nor decoded. Both engines give the same {@link RawEvent}. */
public interface RawEvents {
    /** The index of the newest durable event; -1 where there is none. */
    long head();

    /** The index of the first event stored at or after this moment; {@link #head()} + 1 where there is none. */
    long firstAt(Instant moment);

    /** The event at this index; empty beyond the head. */
    Optional<RawEvent> at(long index);

    /** Reads all events after this index in their order. */
    Reader after(long index);

    /** One reader. Not thread-safe. */
    interface Reader extends AutoCloseable {
        /**
         * The next events, at most a few megabytes; empty where the store has no more of them at present. Waits for the
         * store, never for an event that is not stored yet.
         */
        List<RawEvent> next();

        @Override
        void close();
    }

    /**
     * One stored event.
     *
     * @param index         its global index, from 0 without gaps
     * @param id            its event identifier
     * @param aggregateType null for an event outside any aggregate
     * @param sequence      its number within its aggregate, from 0
     * @param atMillis      when it was stored, in milliseconds since 1970
     * @param type          the stored name of the payload's type
     * @param revision      the payload's revision
     * @param payload       the stored bytes; not to be changed
     * @param metadata      the stored metadata, each value as text
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied nowhere because of its size
    record RawEvent(
            long index,
            String id,
            @Nullable String aggregateType,
            String aggregate,
            long sequence,
            long atMillis,
            String type,
            @Nullable String revision,
            byte[] payload,
            Map<String, String> metadata) {}
}
