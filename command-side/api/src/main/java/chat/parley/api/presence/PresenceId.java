package chat.parley.api.presence;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a user's presence aggregate, which is separate from the account. */
public record PresenceId(UserId user) {
    private static final String SUFFIX = ":presence";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PresenceId parse(String value) {
        if (!value.endsWith(SUFFIX)) {
            throw new Refused(Refusal.INVALID_ID);
        }
        return new PresenceId(new UserId(value.substring(0, value.length() - SUFFIX.length())));
    }

    @Override
    @JsonValue
    public String toString() {
        return user + SUFFIX;
    }
}
