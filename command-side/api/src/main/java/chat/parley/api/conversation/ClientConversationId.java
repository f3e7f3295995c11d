package chat.parley.api.conversation;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The client's own id for a group that it starts. Makes a retry idempotent. Any valid id is accepted. */
public record ClientConversationId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClientConversationId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
