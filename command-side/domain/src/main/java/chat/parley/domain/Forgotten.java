package chat.parley.domain;

import chat.parley.api.conversation.ClientMessageId;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.OptionalLong;

/**
 * What is still known of the message ids that a {@link SentWindow} has dropped: enough to say of almost every new id
 * that it cannot be one of them, in the space of two numbers.
 *
 * @param newestMillis the newest time of a dropped UUIDv7, -1 where none was dropped
 * @param untimed      whether an id that says no time was dropped
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record Forgotten(long newestMillis, boolean untimed) {
    static final Forgotten NOTHING = new Forgotten(-1, false);

    Forgotten with(ClientMessageId id) {
        OptionalLong time = id.timeMillis();
        return time.isPresent()
                ? new Forgotten(Math.max(newestMillis, time.getAsLong()), untimed)
                : new Forgotten(newestMillis, true);
    }

    Forgotten and(Forgotten other) {
        return new Forgotten(Math.max(newestMillis, other.newestMillis), untimed || other.untimed);
    }

    boolean mayInclude(ClientMessageId id) {
        OptionalLong time = id.timeMillis();
        return time.isPresent() ? time.getAsLong() <= newestMillis : untimed;
    }
}
