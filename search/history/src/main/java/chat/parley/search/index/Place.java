package chat.parley.search.index;

import chat.parley.api.ConversationId;

/** Where a message was sent. */
record Place(ConversationId conversation, long position) {
    /** The id of the document that has the message as it stands. */
    String id() {
        return conversation + ":" + position;
    }
}
