package chat.parley.api.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/**
 * Answers {@link Pins}: what is pinned in a conversation, as of the last position that the user sees, newest first;
 * refused with {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#NOT_A_MEMBER}.
 */
public record FindPins(UserId user, ConversationId conversation) {
    public record Pins(List<Pin> pins) {}

    /**
     * @param target   position of the message
     * @param position of the entry that pinned it; the user sees both
     */
    public record Pin(long target, long position, UserId by, Instant at) {}
}
