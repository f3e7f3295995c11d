package chat.parley.search.history.document;

import chat.parley.api.conversation.ConversationId;

/** Conversation and position of a message. */
public record MessageKey(ConversationId conversation, long position) {
    /** The id of the document with the current text. */
    public String id() {
        return conversation + ":" + position;
    }
}
