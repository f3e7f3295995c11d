package chat.parley.api.audit;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.FindPins.Pin;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Past}: a conversation as it stood at a moment. Refused with {@link Refusal#CONVERSATION_NOT_FOUND}, with
 * {@link Refusal#POSITION_NOT_FOUND} if there is no such position or no entry yet at that time, and with {@link
 * Refusal#RETRY_LATER} if the read model does not include the moment within its maximum wait.
 */
public record FindConversationAt(ConversationId conversation, Moment moment, EntryWindow entries) {
    /** @param entries those of the window, ascending, as they read at that moment for a member who saw all of them */
    public record Past(State state, List<RecordedEntry> entries) {}

    /**
     * @param position  the newest position at that moment
     * @param at        time of the entry at this position
     * @param title     sealed under {@code TextProtection.titleContext}; null in a direct conversation
     * @param members   in the order in which they joined
     * @param pins      newest pin first
     * @param messages  number of messages, with retracted ones
     * @param reactions ascending by target
     */
    public record State(
            ConversationId conversation,
            long position,
            Instant at,
            ConversationKind kind,
            @Nullable SealedText title,
            List<Participant> members,
            boolean joinable,
            HistoryAccess history,
            List<Pin> pins,
            long messages,
            List<Reaction> reactions) {}

    /** @param readPosition 0 if the member has read nothing; sending a message moves it too */
    public record Participant(UserId user, MemberRole role, long readPosition) {}

    /**
     * @param target position of the message
     * @param users  in the order in which they added it; never empty
     */
    public record Reaction(long target, String emoji, List<UserId> users) {}
}
