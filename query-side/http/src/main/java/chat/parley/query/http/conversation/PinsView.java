package chat.parley.query.http.conversation;

import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/** What is pinned in a conversation, newest first. */
record PinsView(List<Pin> pins) {
    /**
     * @param position of the message
     * @param pinned   of the entry that pinned it
     */
    record Pin(long position, long pinned, UserId by, Instant at) {}
}
