package chat.parley.retention.rule;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionRule;
import chat.parley.retention.decision.AuditorTexts;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule in force.
 *
 * @param conversation null in the rule of all conversations without one of their own
 * @param days         age in days beyond which texts are destroyed
 * @param reason       null if {@code erased}
 * @param erased       whether the reason cannot be read, because the account of the auditor was erased
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RuleView(
        @Nullable ConversationId conversation,
        int days,
        @Nullable String reason,
        UserId by,
        Instant at,
        boolean erased) {
    static RuleView of(RetentionRule rule, AuditorTexts texts) {
        Optional<String> reason = texts.reveal(rule.reason(), rule.by(), RetentionEvent.RULE_REASON, rule.at());
        return new RuleView(
                rule.conversation(), rule.days(), reason.orElse(null), rule.by(), rule.at(), reason.isEmpty());
    }

    /** Reasons belong into no log. */
    @Override
    public String toString() {
        return "RuleView[conversation=" + conversation + ", days=" + days + "]";
    }
}
