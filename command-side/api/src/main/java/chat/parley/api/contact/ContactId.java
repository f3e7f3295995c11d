package chat.parley.api.contact;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What two people are to each other: a keyed hash of them, so that it says nothing about who they are. */
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
