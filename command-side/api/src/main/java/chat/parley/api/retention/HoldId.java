package chat.parley.api.retention;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One legal hold, named by the auditor who places it. */
public record HoldId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
