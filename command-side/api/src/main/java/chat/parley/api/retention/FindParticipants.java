package chat.parley.api.retention;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.List;

/**
 * Answers {@link Participants}: everybody who is or was a member of the conversation, as of its newest event. Refused
 * with {@link Refusal#CONVERSATION_NOT_FOUND}.
 */
public record FindParticipants(ConversationId conversation) {
    /** @param users in the order in which they first joined */
    public record Participants(List<UserId> users) {}
}
