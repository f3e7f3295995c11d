package chat.parley.api.conversation;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The client's own name for a group that it starts, which makes a retry free. Any id is taken. */
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
