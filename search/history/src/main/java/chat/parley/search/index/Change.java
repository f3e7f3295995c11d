package chat.parley.search.index;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;

/** An event of a message, with its position in its conversation. */
record Change(long position, ConversationEvent event) {
    /** Of the message. */
    Place place() {
        long target = switch (event) {
            case MessageEdited edited -> edited.target();
            case MessageRetracted retracted -> retracted.target();
            default -> position;
        };
        return new Place(event.conversation(), target);
    }
}
