package chat.parley.command.http.conversation;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import java.time.Instant;

/** Where the entry that was asked for stands now, durably. */
record EntryView(ConversationId conversation, long position, Instant at) {
    static EntryView of(ConversationId conversation, EntryAck ack) {
        return new EntryView(conversation, ack.position(), ack.at());
    }
}
