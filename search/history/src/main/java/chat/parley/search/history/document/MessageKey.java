package chat.parley.search.history.document;

import chat.parley.api.conversation.ConversationId;

/** Where a message was sent. */
public record MessageKey(ConversationId conversation, long position) {
    /** The id of the document that has the message as it stands. */
    public String id() {
        return conversation + ":" + position;
    }
}
