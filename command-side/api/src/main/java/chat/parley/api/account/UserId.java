package chat.parley.api.account;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A user's id: random, so that it reveals nothing about the user. */
public record UserId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        value = Ids.checked(value);
    }

    public static UserId random() {
        return new UserId(Ids.random("u"));
    }

    @Override
    public String toString() {
        return value;
    }
}
