package chat.parley.notifications.decision;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;

/** A message to notify of, without its text. */
record NotifiableMessage(long index, ConversationId conversation, long position, UserId sender, Instant at) {
    static NotifiableMessage of(long index, long position, MessageSent event) {
        return new NotifiableMessage(index, event.conversation(), position, event.by(), event.at());
    }
}
