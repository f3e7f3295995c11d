package chat.parley.api.inbox;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;

/**
 * One user's state in one conversation, as a read model knows it.
 *
 * @param head         the conversation's newest position
 * @param headIndex    the global index of that entry
 * @param readPosition the user's read position; sending a message moves it too
 * @param changedIndex the global index of the newest change to the user's read mark, preferences or membership
 */
public record Membership(
        ConversationId conversation,
        ConversationKind kind,
        HistoryAccess history,
        Visibility visibility,
        long head,
        long headIndex,
        long readPosition,
        boolean muted,
        boolean pinned,
        boolean markedUnread,
        long changedIndex) {}
