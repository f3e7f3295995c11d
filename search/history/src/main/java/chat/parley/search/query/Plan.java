package chat.parley.search.query;

import chat.parley.api.ConversationId;
import chat.parley.api.SearchUse;
import chat.parley.search.query.Criterion.In;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question that was understood and may be asked.
 *
 * @param everything whether it is asked of the whole history; each such use is recorded
 * @param indexes    where it is asked
 */
public record Plan(Asker asker, Question question, ParsedQuery query, boolean everything, List<String> indexes) {
    public Plan {
        indexes = List.copyOf(indexes);
    }

    /** As what it is recorded where nothing but searching is done; empty where it need not be. */
    public Optional<SearchUse> use() {
        if (!everything) {
            return Optional.empty();
        }
        return Optional.of(query.looksIntoThePast() ? SearchUse.PAST : SearchUse.SEARCH);
    }

    /** Those it is confined to; none where it is not. */
    List<ConversationId> conversations() {
        return Stream.concat(query.wanted(In.class).map(In::conversation), Stream.ofNullable(question.conversation()))
                .toList();
    }
}
