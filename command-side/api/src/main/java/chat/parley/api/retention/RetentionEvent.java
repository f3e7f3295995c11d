package chat.parley.api.retention;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Events of the one aggregate that decides what may be destroyed. Reasons are sealed under the auditor's own key. */
public sealed interface RetentionEvent {
    // The fields of the contexts, see TextProtection.auditContext. They are part of what texts are sealed under.
    String HOLD_QUERY = "hold-query";
    String HOLD_REASON = "hold-reason";
    String LIFT_REASON = "lift-reason";
    String ERASURE_REASON = "erasure-reason";
    String RULE_REASON = "rule-reason";

    Instant at();

    /**
     * Nothing of these users and nothing in these conversations is destroyed while the hold is in force.
     *
     * @param query the search whose hits were resolved to these users and conversations; null for a hold without one
     */
    @Revision("1")
    record HoldPlaced(
            HoldId hold,
            List<UserId> users,
            List<ConversationId> conversations,
            @Nullable SealedText query,
            SealedText reason,
            UserId by,
            Instant at)
            implements RetentionEvent {}

    @Revision("1")
    record HoldLifted(HoldId hold, SealedText reason, UserId by, Instant at) implements RetentionEvent {}

    /** No hold stands against it, so the user's keys are destroyed after this event. */
    @Revision("1")
    record ErasureOrdered(UserId user, SealedText reason, UserId by, Instant at) implements RetentionEvent {}

    /**
     * Sets or removes a rule.
     *
     * @param conversation null for the rule of all conversations without one of their own
     * @param days         age in days beyond which texts are destroyed; null removes the rule
     */
    @Revision("1")
    record RetentionRuleChanged(
            @Nullable ConversationId conversation, @Nullable Integer days, SealedText reason, UserId by, Instant at)
            implements RetentionEvent {}

    /**
     * No hold stands against it, so the keys of this conversation's texts from before that moment are destroyed after
     * this event.
     *
     * @param before the start of a day in UTC
     */
    @Revision("1")
    record TextsExpired(ConversationId conversation, Instant before, Instant at) implements RetentionEvent {}
}
