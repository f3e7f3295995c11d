package chat.parley.eventprocessing.generation;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a new generation was given up. */
public enum RebuildFailure {
    /** The new generation does not hold what it should. */
    COUNTS_DIFFER,
    /** More documents of the new generation were rejected than of the served one. */
    MORE_REJECTED,
    /** The storage refused to create the new generation. */
    INDEX_REFUSED,
    /** An operator cancelled the rebuild. */
    GIVEN_UP;

    @JsonValue
    String wireName() {
        return KebabCase.of(this);
    }
}
