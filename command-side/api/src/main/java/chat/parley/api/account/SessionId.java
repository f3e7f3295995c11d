package chat.parley.api.account;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One login of one device; what logging out ends. */
public record SessionId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
