package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.language.ParsedQuery;
import chat.parley.search.history.permission.Searcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question that was understood and may be asked.
 *
 * @param everything whether it is asked of the whole history; each such use is recorded
 * @param indexes    where it is asked
 * @param unmet      why the query means nothing but its text; null where it means what it says
 */
public record Plan(
        Searcher asker,
        SearchRequest question,
        ParsedQuery query,
        boolean everything,
        List<String> indexes,
        @Nullable Refusal unmet) {
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
}
