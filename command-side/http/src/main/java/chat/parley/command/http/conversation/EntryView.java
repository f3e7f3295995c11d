package chat.parley.command.http.conversation;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import java.time.Instant;

/** The entry that the request stored, or that an earlier request with the same effect stored. It is durable. */
record EntryView(ConversationId conversation, long position, Instant at) {
    static EntryView of(ConversationId conversation, EntryAck ack) {
        return new EntryView(conversation, ack.position(), ack.at());
    }
}
