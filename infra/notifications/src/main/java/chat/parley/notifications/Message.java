package chat.parley.notifications;

import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.ConversationId;
import chat.parley.api.UserId;
import java.time.Instant;

/** A message that somebody may have to be notified of, without its text. */
record Message(long index, ConversationId conversation, long position, UserId sender, Instant at) {
    static Message of(long index, long position, MessageSent event) {
        return new Message(index, event.conversation(), position, event.by(), event.at());
    }
}
