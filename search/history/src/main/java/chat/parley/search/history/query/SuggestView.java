package chat.parley.search.history.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Completions of a query.
 *
 * @param suggestions the most frequent first
 * @param hits        the newest messages with a completed word that satisfy the rest of the query
 */
record SuggestView(List<Suggestion> suggestions, List<SearchView.Hit> hits) {
    /**
     * @param text  the whole word, operator or name
     * @param query the whole query with it
     */
    record Suggestion(Kind kind, String text, String query) {
        /** Logs must not contain texts. */
        @Override
        public String toString() {
            return "Suggestion[" + kind + "]";
        }
    }

    enum Kind {
        @JsonProperty("word")
        WORD,
        @JsonProperty("operator")
        OPERATOR,
        @JsonProperty("person")
        PERSON
    }
}
