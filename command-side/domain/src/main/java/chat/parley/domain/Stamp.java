package chat.parley.domain;

import chat.parley.api.conversation.EntryAck;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;

/** Where and when an entry was made: what a repeated command is answered with. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record Stamp(long position, long atMillis) {
    /** Before there is any entry. */
    static final Stamp NONE = new Stamp(0, 0);

    EntryAck ack() {
        return new EntryAck(position, Instant.ofEpochMilli(atMillis));
    }
}
