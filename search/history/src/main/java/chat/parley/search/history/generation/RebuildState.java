package chat.parley.search.history.generation;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a rebuild can be. */
public enum RebuildState {
    /** None is under way, and there never was one. */
    NONE,
    FILLING,
    /** The new generation is searched. */
    DONE,
    /** The new generation was given up; the one before is still searched. */
    FAILED;

    @JsonValue
    String wireName() {
        return KebabCase.of(this);
    }
}
