package chat.parley.api.audit;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to play back as a member received it live.
 *
 * @param user the member
 * @param from entries before this time are left out; null for none
 * @param to   entries after this time are left out
 * @param speed how many times faster than it happened, 1 to {@value #MAX_SPEED}
 */
public record Replay(
        ConversationId conversation, UserId user, @Nullable Instant from, Instant to, int speed) {
    public static final int MAX_SPEED = 1_000;
}
