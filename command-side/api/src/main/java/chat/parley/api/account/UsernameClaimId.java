package chat.parley.api.account;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The keyed hash of a normalised username: unique per name, and it does not reveal the name. */
public record UsernameClaimId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UsernameClaimId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
