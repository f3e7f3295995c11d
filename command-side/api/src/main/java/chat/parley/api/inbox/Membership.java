package chat.parley.api.inbox;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;

/**
 * One user's place in one conversation, as a read model knows it.
 *
 * @param head         the conversation's newest position
 * @param headIndex    the global index of that entry
 * @param readPosition how far the user has read; sending moves it too
 * @param changedIndex the global index of the newest change to what is private here (read mark, preferences) or to the
 *                     user's membership
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
