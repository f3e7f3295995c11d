package chat.parley.api.contact;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of the relationship of two users: a keyed hash that does not reveal them. */
public record ContactId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ContactId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
