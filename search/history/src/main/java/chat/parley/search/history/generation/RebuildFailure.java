package chat.parley.search.history.generation;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a rebuild came to nothing. */
public enum RebuildFailure {
    /** The new generation does not hold what the events say. */
    COUNTS_DIFFER,
    /** Elasticsearch did not take more documents than it had not taken before. */
    MORE_REJECTED,
    /** Elasticsearch did not make the indexes. */
    INDEX_REFUSED,
    /** Somebody wished so. */
    GIVEN_UP;

    @JsonValue
    String wireName() {
        return KebabCase.of(this);
    }
}
