package chat.parley.push;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EventFeed;
import java.time.Instant;

/** An entry of the feed with a decoded payload. */
record LiveItem(long index, long position, ConversationEvent payload) implements EventFeed.Item {
    @Override
    public String aggregate() {
        return payload.conversation().value();
    }

    @Override
    public Class<?> type() {
        return payload.getClass();
    }

    @Override
    public Instant storedAt() {
        return payload.at();
    }
}
