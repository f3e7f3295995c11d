package chat.parley.api.inbox;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Events of a user's private state in a conversation; never part of the conversation's own log. */
public sealed interface ReadMarkEvent {
    ConversationId conversation();

    UserId user();

    Instant at();

    /** Also clears {@code markedUnread}. */
    @Revision("1")
    record ReadMarkMoved(ConversationId conversation, UserId user, long position, Instant at)
            implements ReadMarkEvent {}

    @Revision("2")
    record PreferencesChanged(
            ConversationId conversation, UserId user, boolean muted, boolean pinned, boolean markedUnread, Instant at)
            implements ReadMarkEvent {}
}
