package chat.parley.search.history.index;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.search.history.document.MessageKey;

/** An event of a message, with its position in the conversation. */
public record MessageEvent(long position, ConversationEvent event) {
    /** The message that this event concerns. */
    public MessageKey place() {
        long target = switch (event) {
            case MessageEdited edited -> edited.target();
            case MessageRetracted retracted -> retracted.target();
            default -> position;
        };
        return new MessageKey(event.conversation(), target);
    }
}
