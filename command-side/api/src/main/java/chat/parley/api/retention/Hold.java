package chat.parley.api.retention;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold in force.
 *
 * @param query  sealed under {@code TextProtection.auditContext} of the auditor, {@link RetentionEvent#HOLD_QUERY} and the time; null for a
 * hold without one
 * @param reason sealed likewise, with {@link RetentionEvent#HOLD_REASON}
 */
public record Hold(
        HoldId hold,
        List<UserId> users,
        List<ConversationId> conversations,
        @Nullable SealedText query,
        SealedText reason,
        UserId by,
        Instant at) {
    public Hold {
        users = List.copyOf(users);
        conversations = List.copyOf(conversations);
    }

    /** Whether any of these is held. Every decision about a hold is made by this method. */
    public boolean covers(Set<UserId> anyOf, Set<ConversationId> orAnyOf) {
        return users.stream().anyMatch(anyOf::contains)
                || conversations.stream().anyMatch(orAnyOf::contains);
    }
}
