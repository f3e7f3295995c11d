package chat.parley.api.audit;

import chat.parley.api.Refusal;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Changes}: a conversation at two moments, and the entries between them. Refused like {@link
 * FindConversationAt}, and with {@link Refusal#INVALID_PARAMETER} if {@code to} is before {@code from}.
 *
 * @param after entries that follow this position; those from {@code from} on if it is null or earlier
 */
public record FindConversationChanges(
        ConversationId conversation,
        Moment from,
        Moment to,
        @Nullable Long after,
        int limit) {
    /** @param entries the first ones, ascending, as they read at {@code to} */
    public record Changes(State from, State to, List<RecordedEntry> entries) {}
}
