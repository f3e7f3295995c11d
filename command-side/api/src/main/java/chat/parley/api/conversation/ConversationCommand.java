package chat.parley.api.conversation;

import chat.parley.api.account.UserId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a conversation. Each answers an {@link EntryAck} unless it says otherwise. */
public sealed interface ConversationCommand {
    ConversationId conversation();

    /**
     * Answers {@link Started}: a direct conversation that exists already is found, not refused.
     *
     * @param with oneself for notes to oneself
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
     * Messages that leave together, in order, at most {@link #MAX_MESSAGES}; each is accepted or refused by itself.
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

    /** @param mentions instead of those the message has */
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

    /** Joins an open group oneself. */
    record JoinGroup(@TargetAggregateIdentifier ConversationId conversation, UserId by)
            implements ConversationCommand {}

    record AddMember(@TargetAggregateIdentifier ConversationId conversation, UserId by, UserId user)
            implements ConversationCommand {}

    /** Leaves (when {@code user} is {@code by}) or removes somebody. */
    record RemoveMember(@TargetAggregateIdentifier ConversationId conversation, UserId by, UserId user)
            implements ConversationCommand {}

    /**
     * Takes somebody whose account is deleted out of a group, which is nothing where they are not in it. Where they own it,
     * the admin who has been there longest follows them, or else the member who has. Answers nothing.
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
