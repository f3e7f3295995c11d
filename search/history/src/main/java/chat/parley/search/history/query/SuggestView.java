package chat.parley.search.history.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a query may go on.
 *
 * @param suggestions the most frequent first
 * @param hits        the newest messages that have a word which begins so, with what stands before it
 */
record SuggestView(List<Suggestion> suggestions, List<SearchView.Hit> hits) {
    /**
     * @param text  the word, operator or name in full
     * @param query the whole query with it
     */
    record Suggestion(Kind kind, String text, String query) {
        /** Texts stay out of logs. */
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
