package chat.parley.eventstore.serialization;

import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import java.util.function.UnaryOperator;

/** Revision 2 adds {@code mentions}. It stays absent in older edits, which did not change the message's mentions. */
public final class MessageEdited1To2 extends RevisionUpcaster<byte[]> {
    public MessageEdited1To2() {
        super(MessageEdited.class, 1, byte[].class, UnaryOperator.identity());
    }
}
