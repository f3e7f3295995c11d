package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;

/** Receives the entries that a fold adds to its conversation, in their order. */
@FunctionalInterface
public interface EntrySink {
    void add(ConversationId conversation, StoredEntry entry, ConversationEvent event);
}
