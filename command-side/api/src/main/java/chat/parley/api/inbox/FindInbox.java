package chat.parley.api.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.RecordedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Inbox}: the user's conversations, pinned first, then by newest message.
 *
 * @param before the {@code next} of the page before, null for the first
 */
public record FindInbox(UserId user, @Nullable String before, int limit) {
    /**
     * Answers {@link Item}: one conversation as the user's inbox has it; refused with
     * {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#NOT_A_MEMBER}.
     */
    public record Place(UserId user, ConversationId conversation) {}

    public record Inbox(List<Item> conversations, @Nullable String next) {}

    /**
     * @param with     the other person of a direct conversation
     * @param head     the newest position the user may see
     * @param last     the newest message the user may see
     * @param unread   messages of others, said while the user was a member and not retracted, that they have not read
     * @param mentions those of them that mention the user
     */
    public record Item(
            ConversationId conversation,
            ConversationKind kind,
            @Nullable Sealed title,
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
