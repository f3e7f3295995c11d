package chat.parley.api.port;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import java.util.Optional;

/** Reads one entry by its position, regardless of its age. Entries never change, so answers may be cached. */
public interface EntryLookup {
    Optional<ConversationEvent> find(ConversationId conversation, long position);
}
