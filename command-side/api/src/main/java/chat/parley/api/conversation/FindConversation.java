package chat.parley.api.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Details}; refused with {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#NOT_A_MEMBER}. A user
 * who is not a member sees an open group's title, but no members.
 */
public record FindConversation(UserId user, ConversationId conversation) {
    /** @param title sealed under {@code TextProtection.titleContext}; null in a direct conversation */
    public record Details(
            ConversationId conversation,
            ConversationKind kind,
            @Nullable SealedText title,
            List<Member> members,
            boolean joinable,
            HistoryAccess history,
            long head) {}

    public record Member(UserId user, MemberRole role) {}
}
