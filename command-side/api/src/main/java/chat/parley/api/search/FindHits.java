package chat.parley.api.search;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.List;

/**
 * Asks for all messages of the whole history that match a query in an analyst's language, up to the newest event at the
 * time of asking. Refused with {@link chat.parley.api.Refusal#LIMIT_EXCEEDED} beyond the limit.
 *
 * @param limit the number of messages beyond which the query is refused
 */
public record FindHits(String query, int limit) {
    /** @param hits in the order of conversation and position */
    public record Hits(List<Hit> hits) {}

    /** One message that matches, in its current or in a past text. */
    public record Hit(ConversationId conversation, long position, UserId author) {}

    @Override
    public String toString() {
        return "FindHits[limit=" + limit + "]";
    }
}
