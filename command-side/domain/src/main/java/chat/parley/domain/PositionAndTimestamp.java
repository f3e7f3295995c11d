package chat.parley.domain;

import chat.parley.api.conversation.EntryAck;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;

/** Position and time of an entry, from which a repeated command is acknowledged. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record PositionAndTimestamp(long position, long atMillis) {
    /** Stands for no entry. */
    static final PositionAndTimestamp NONE = new PositionAndTimestamp(0, 0);

    EntryAck ack() {
        return new EntryAck(position, Instant.ofEpochMilli(atMillis));
    }
}
