package chat.parley.notifications;

import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.ConversationId;
import chat.parley.api.UserId;
import java.time.Instant;
import java.util.Set;

/** A message that somebody may have to be notified of, without its text. */
record Message(
        long index, ConversationId conversation, long position, UserId sender, Set<UserId> mentions, Instant at) {
    static Message of(long index, long position, MessageSent event) {
        return new Message(index, event.conversation(), position, event.by(), Set.copyOf(event.mentions()), event.at());
    }
}
