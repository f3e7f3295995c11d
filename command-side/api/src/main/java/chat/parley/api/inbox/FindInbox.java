package chat.parley.api.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.RecordedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Inbox}: the user's conversations, pinned ones first, then by newest message.
 *
 * @param before {@code next} of the previous page; null for the first page
 */
public record FindInbox(UserId user, @Nullable String before, int limit) {
    /**
     * Answers {@link Item}: one conversation of the user's inbox. Refused with {@link Refusal#CONVERSATION_NOT_FOUND}
     * or {@link Refusal#NOT_A_MEMBER}.
     */
    public record Place(UserId user, ConversationId conversation) {}

    public record Inbox(List<Item> conversations, @Nullable String next) {}

    /**
     * @param with     the other user of a direct conversation
     * @param head     the newest position that the user may see
     * @param last     the newest message that the user may see
     * @param unread   number of visible unread messages of others that are not retracted
     * @param mentions number of those that mention the user
     */
    public record Item(
            ConversationId conversation,
            ConversationKind kind,
            @Nullable SealedText title,
            @Nullable UserId with,
            long head,
            @Nullable RecordedEntry last,
            long unread,
            long mentions,
            long readPosition,
            boolean muted,
            boolean pinned,
            boolean markedUnread) {}
}
