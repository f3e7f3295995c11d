package chat.parley.eventprocessing.generation;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a rebuild, as operators see it. */
public enum RebuildState {
    /** No rebuild is in progress, and no outcome is stored. */
    NONE,
    /** The new generation is filled, verified or about to be served. */
    FILLING,
    /** The new generation is served. */
    DONE,
    /** The new generation was given up; the previous one is still served. */
    FAILED;

    @JsonValue
    String wireName() {
        return KebabCase.of(this);
    }
}
