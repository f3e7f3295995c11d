package chat.parley.api.port;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import java.util.Optional;

/** What stands at one position of a conversation, however old. Entries never change, so answers may be cached. */
public interface EntryAt {
    Optional<ConversationEvent> find(ConversationId conversation, long position);
}
