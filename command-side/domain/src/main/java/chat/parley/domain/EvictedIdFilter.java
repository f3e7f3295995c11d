package chat.parley.domain;

import chat.parley.api.conversation.ClientMessageId;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.OptionalLong;

/**
 * A probabilistic filter of the message ids that a {@link DeduplicationWindow} has evicted. Like a Bloom filter, it may
 * claim to contain an id that it does not, but never the reverse. Its whole state is two values.
 *
 * @param newestMillis the newest time of an evicted UUIDv7; -1 if none was evicted
 * @param untimed      whether an id without a time was evicted
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record EvictedIdFilter(long newestMillis, boolean untimed) {
    static final EvictedIdFilter EMPTY = new EvictedIdFilter(-1, false);

    EvictedIdFilter with(ClientMessageId id) {
        OptionalLong time = id.timeMillis();
        return time.isPresent()
                ? new EvictedIdFilter(Math.max(newestMillis, time.getAsLong()), untimed)
                : new EvictedIdFilter(newestMillis, true);
    }

    EvictedIdFilter union(EvictedIdFilter other) {
        return new EvictedIdFilter(Math.max(newestMillis, other.newestMillis), untimed || other.untimed);
    }

    boolean mightContain(ClientMessageId id) {
        OptionalLong time = id.timeMillis();
        return time.isPresent() ? time.getAsLong() <= newestMillis : untimed;
    }
}
