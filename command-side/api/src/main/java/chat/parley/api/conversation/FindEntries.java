package chat.parley.api.conversation;

import chat.parley.api.account.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Entries}: those that {@code user} may see, by at most one of {@code after}, {@code before} and
 * {@code around}; without any, the newest.
 *
 * @param minPosition waits up to a second for the read model to include this position
 */
public record FindEntries(
        UserId user,
        ConversationId conversation,
        @Nullable Long after,
        @Nullable Long before,
        @Nullable Long around,
        int limit,
        @Nullable Long minPosition) {}
