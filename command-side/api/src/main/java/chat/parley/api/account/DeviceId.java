package chat.parley.api.account;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One device (or browser tab) of one user, named by the client and unique only within its user. */
public record DeviceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
