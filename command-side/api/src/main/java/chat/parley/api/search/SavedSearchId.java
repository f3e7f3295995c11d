package chat.parley.api.search;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One saved search, named by the client and unique only within its user. */
public record SavedSearchId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SavedSearchId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
