package chat.parley.api.conversation;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A conversation: random for a group, a keyed hash of the two people for a direct one. */
public record ConversationId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConversationId {
        value = Ids.checked(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
