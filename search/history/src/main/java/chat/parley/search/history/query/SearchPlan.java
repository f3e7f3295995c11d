package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.language.ParsedQuery;
import chat.parley.search.history.permission.Searcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A search request that was parsed and authorised.
 *
 * @param everything whether the whole history is searched; each such use is recorded
 * @param indexes    the searched indexes
 * @param unmet      why the query is only searched literally; null if its operators apply
 */
public record SearchPlan(
        Searcher asker,
        SearchRequest question,
        ParsedQuery query,
        boolean everything,
        List<String> indexes,
        @Nullable Refusal unmet) {
    public SearchPlan {
        indexes = List.copyOf(indexes);
    }

    /** The use to record for a plain search; empty if none is recorded. */
    Optional<SearchUse> use() {
        if (!everything) {
            return Optional.empty();
        }
        return Optional.of(query.looksIntoThePast() ? SearchUse.PAST : SearchUse.SEARCH);
    }
}
