package chat.parley.api.account;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One login of one device, from logging in to logging out. */
public record LoginSessionId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LoginSessionId {
        value = Ids.checked(value);
    }

    public static LoginSessionId random() {
        return new LoginSessionId(Ids.random("s"));
    }

    @Override
    public String toString() {
        return value;
    }
}
