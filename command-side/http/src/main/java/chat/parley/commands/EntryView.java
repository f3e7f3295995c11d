package chat.parley.commands;

import chat.parley.api.ConversationId;
import chat.parley.api.EntryAck;
import java.time.Instant;

/** Where the entry that was asked for stands now, durably. */
record EntryView(ConversationId conversation, long position, Instant at) {
    static EntryView of(ConversationId conversation, EntryAck ack) {
        return new EntryView(conversation, ack.position(), ack.at());
    }
}
