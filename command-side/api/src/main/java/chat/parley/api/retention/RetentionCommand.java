package chat.parley.api.retention;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Commands to the one aggregate that knows all holds and rules. A reason is one line of at most 500 characters, else
 * the command is refused with {@link Refusal#REASON_REQUIRED}.
 */
public sealed interface RetentionCommand {
    /** The id of the aggregate, which cannot be the id of anything else. */
    String AGGREGATE = "all:retention";

    @TargetAggregateIdentifier
    default String aggregate() {
        return AGGREGATE;
    }

    /**
     * In force at once. Repeated with the same content it changes nothing; the content of a hold on a search is its query
     * and reason. Refused with {@link Refusal#HOLD_EXISTS} if the id is that of another hold in force, with {@link
     * Refusal#INVALID_PARAMETER} if nothing is held, and with {@link Refusal#LIMIT_EXCEEDED}. The id of a lifted hold may
     * be used again.
     *
     * @param query the search that was resolved to the users and conversations; null for a hold without one
     */
    record PlaceHold(
            HoldId hold,
            List<UserId> users,
            List<ConversationId> conversations,
            @Nullable String query,
            String reason,
            UserId by)
            implements RetentionCommand {
        public PlaceHold {
            users = List.copyOf(users);
            conversations = List.copyOf(conversations);
        }

        @Override
        public String toString() {
            return "PlaceHold[hold=" + hold + ", by=" + by + "]";
        }
    }

    /**
     * Refused with {@link Refusal#HOLD_NOT_FOUND} unless the hold is in force, and with {@link
     * Refusal#SECOND_PERSON_REQUIRED} to the auditor who placed it.
     */
    record LiftHold(HoldId hold, String reason, UserId by) implements RetentionCommand {
        @Override
        public String toString() {
            return "LiftHold[hold=" + hold + ", by=" + by + "]";
        }
    }

    /**
     * Once accepted, the user's keys are destroyed. Repeated soon after, it changes nothing. Refused with {@link
     * Refusal#ON_HOLD}, and with {@link Refusal#SELF_NOT_ALLOWED} to the user.
     *
     * @param conversations every conversation that the user is or was a member of
     */
    record OrderErasure(UserId user, List<ConversationId> conversations, String reason, UserId by)
            implements RetentionCommand {
        public OrderErasure {
            conversations = List.copyOf(conversations);
        }

        @Override
        public String toString() {
            return "OrderErasure[user=" + user + ", by=" + by + "]";
        }
    }

    /**
     * Sets or removes a rule. Refused with {@link Refusal#RETENTION_INVALID} unless the days are 1 to 36500, and with
     * {@link Refusal#LIMIT_EXCEEDED}.
     *
     * @param conversation null for the rule of all conversations without one of their own
     * @param days         null removes the rule
     */
    record ChangeRetentionRule(
            @Nullable ConversationId conversation, @Nullable Integer days, String reason, UserId by)
            implements RetentionCommand {
        @Override
        public String toString() {
            return "ChangeRetentionRule[conversation=" + conversation + ", days=" + days + ", by=" + by + "]";
        }
    }

    /**
     * Once accepted, the keys of the conversation's texts from before that moment are destroyed. Repeated soon after, it
     * changes nothing. Refused with {@link Refusal#ON_HOLD}, and with {@link Refusal#INVALID_PARAMETER} unless a rule
     * says that these texts are old enough.
     *
     * @param before  the start of a day in UTC
     * @param members everybody who is or was a member of the conversation
     */
    record ExpireTexts(ConversationId conversation, Instant before, List<UserId> members) implements RetentionCommand {
        public ExpireTexts {
            members = List.copyOf(members);
        }
    }

    /** Answers {@link RetentionState} and changes nothing. */
    record AskRetention() implements RetentionCommand {}
}
