package chat.parley.api.retention;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long texts are kept.
 *
 * @param conversation null in the rule of all conversations without one of their own
 * @param days         age in days beyond which texts are destroyed
 * @param reason       sealed under {@code TextProtection.auditContext} of the auditor, {@link RetentionEvent#RULE_REASON} and the time
 */
public record RetentionRule(@Nullable ConversationId conversation, int days, SealedText reason, UserId by, Instant at) {
    /** The start of a day in UTC. All texts from before it are older than so many days. */
    public static Instant cutoff(int days, Instant now) {
        return now.minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.DAYS);
    }
}
