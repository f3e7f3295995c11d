package chat.parley.api.conversation;

import chat.parley.api.account.UserId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Commands to a conversation. Each answers an {@link EntryAck} unless its comment says otherwise. */
public sealed interface ConversationCommand {
    ConversationId conversation();

    /**
     * Answers {@link Started}; a direct conversation that exists already is answered, not refused.
     *
     * @param with equal to {@code by} for a conversation with oneself (notes)
     */
    record StartDirect(@TargetAggregateIdentifier ConversationId conversation, UserId by, UserId with)
            implements ConversationCommand {}

    /**
     * Answers {@link Started}.
     *
     * @param members without {@code by}, who becomes the owner
     */
    record StartGroup(
            @TargetAggregateIdentifier ConversationId conversation,
            UserId by,
            String title,
            List<UserId> members,
            boolean joinable,
            HistoryAccess history)
            implements ConversationCommand {}

    /**
     * A batch of messages in order, at most {@link #MAX_MESSAGES}. Each message is accepted or refused independently.
     * Answers {@link SendOutcomes}, one per message.
     */
    record SendMessages(@TargetAggregateIdentifier ConversationId conversation, List<Draft> messages)
            implements ConversationCommand {
        public static final int MAX_MESSAGES = 64;
    }

    record Draft(
            UserId by,
            ClientMessageId clientMessageId,
            String text,
            @Nullable Long replyTo,
            List<UserId> mentions) {
        @Override
        public String toString() {
            return "Draft[by=" + by + ", clientMessageId=" + clientMessageId + "]";
        }
    }

    /** @param mentions replace the message's mentions */
    record EditMessage(
            @TargetAggregateIdentifier ConversationId conversation,
            UserId by,
            long target,
            String text,
            List<UserId> mentions)
            implements ConversationCommand {
        @Override
        public String toString() {
            return "EditMessage[conversation=" + conversation + ", by=" + by + ", target=" + target + "]";
        }
    }

    record RetractMessage(@TargetAggregateIdentifier ConversationId conversation, UserId by, long target)
            implements ConversationCommand {}

    record ChangeReaction(
            @TargetAggregateIdentifier ConversationId conversation, UserId by, long target, String emoji, boolean added)
            implements ConversationCommand {}

    record PinMessage(@TargetAggregateIdentifier ConversationId conversation, UserId by, long target)
            implements ConversationCommand {}

    record UnpinMessage(@TargetAggregateIdentifier ConversationId conversation, UserId by, long target)
            implements ConversationCommand {}

    /** The user joins an open group. */
    record JoinGroup(@TargetAggregateIdentifier ConversationId conversation, UserId by)
            implements ConversationCommand {}

    record AddMember(@TargetAggregateIdentifier ConversationId conversation, UserId by, UserId user)
            implements ConversationCommand {}

    /** The user leaves (when {@code user} is {@code by}) or removes somebody else. */
    record RemoveMember(@TargetAggregateIdentifier ConversationId conversation, UserId by, UserId user)
            implements ConversationCommand {}

    /**
     * Removes a user with a deleted account from a group; does nothing if the user is no member. If the user owns the
     * group, the longest-serving admin becomes the owner, or else the longest-serving member. Answers nothing.
     */
    record RemoveDeletedMember(@TargetAggregateIdentifier ConversationId conversation, UserId user)
            implements ConversationCommand {}

    record RenameGroup(@TargetAggregateIdentifier ConversationId conversation, UserId by, String title)
            implements ConversationCommand {}

    record ChangeMemberRole(
            @TargetAggregateIdentifier ConversationId conversation, UserId by, UserId user, MemberRole role)
            implements ConversationCommand {}

    record ChangeJoinability(@TargetAggregateIdentifier ConversationId conversation, UserId by, boolean joinable)
            implements ConversationCommand {}
}
