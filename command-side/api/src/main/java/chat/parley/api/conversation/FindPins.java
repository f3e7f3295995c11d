package chat.parley.api.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/**
 * Answers {@link Pins}: the pinned messages, newest pin first, as of the last position that the user may see. Refused
 * with {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#NOT_A_MEMBER}.
 */
public record FindPins(UserId user, ConversationId conversation) {
    public record Pins(List<Pin> pins) {}

    /**
     * @param target   position of the message
     * @param position position of the pinning entry; the user may see both
     */
    public record Pin(long target, long position, UserId by, Instant at) {}
}
