package chat.parley.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** The client's own name for one message, which makes a retry free. A UUIDv7 is advised, any id is taken. */
public record ClientMessageId(@JsonValue String value) {
    private static final Pattern UUID_V7 =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");
    private static final int TIME_SHIFT = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClientMessageId {
        value = Ids.checked(value);
    }

    /** Milliseconds since 1970 as a UUIDv7 says them; empty for any other id. */
    public OptionalLong timeMillis() {
        return UUID_V7.matcher(value).matches()
                ? OptionalLong.of(UUID.fromString(value).getMostSignificantBits() >>> TIME_SHIFT)
                : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
