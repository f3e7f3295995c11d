package chat.parley.api.conversation;

import chat.parley.api.account.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Entries} that {@code user} may see, selected by at most one of {@code after}, {@code before} and
 * {@code around}; without any of them, the newest. Messages have their reactions.
 *
 * @param minPosition waits up to one second until the read model includes this position
 */
public record FindEntries(
        UserId user,
        ConversationId conversation,
        @Nullable Long after,
        @Nullable Long before,
        @Nullable Long around,
        int limit,
        @Nullable Long minPosition) {

    /**
     * Answers {@link Entries}: those at these positions that {@code user} may see, ascending; the others are left out.
     * Messages have their reactions.
     */
    public record At(UserId user, ConversationId conversation, List<Long> positions) {}
}
