package chat.parley.retention.hold;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.Hold;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.retention.decision.AuditorTexts;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hold in force.
 *
 * @param query  the search whose hits were resolved to the users and conversations; null for a hold without one
 * @param reason null if {@code erased}
 * @param erased whether query and reason cannot be read, because the account of the auditor was erased
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record HoldView(
        HoldId hold,
        List<UserId> users,
        List<ConversationId> conversations,
        @Nullable String query,
        @Nullable String reason,
        UserId by,
        Instant at,
        boolean erased) {
    static HoldView of(Hold hold, AuditorTexts texts) {
        Optional<String> reason = texts.reveal(hold.reason(), hold.by(), RetentionEvent.HOLD_REASON, hold.at());
        return new HoldView(
                hold.hold(),
                hold.users(),
                hold.conversations(),
                texts.reveal(hold.query(), hold.by(), RetentionEvent.HOLD_QUERY, hold.at())
                        .orElse(null),
                reason.orElse(null),
                hold.by(),
                hold.at(),
                reason.isEmpty());
    }

    /** Queries and reasons belong into no log. */
    @Override
    public String toString() {
        return "HoldView[" + hold + "]";
    }
}
