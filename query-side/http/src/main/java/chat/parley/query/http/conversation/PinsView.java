package chat.parley.query.http.conversation;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/** The pinned messages of a conversation, newest pin first. */
record PinsView(List<Pin> pins) {
    /**
     * @param position position of the message
     * @param pinned position of the entry that pinned it
     */
    record Pin(long position, long pinned, UserId by, Instant at) {}
}
