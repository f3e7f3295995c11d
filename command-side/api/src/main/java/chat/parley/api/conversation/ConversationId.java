package chat.parley.api.conversation;

import chat.parley.api.Ids;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Random for a group; a keyed hash of the two users for a direct conversation. */
public record ConversationId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConversationId {
        value = Ids.checked(value);
    }

    public static ConversationId randomGroup() {
        return new ConversationId(Ids.random("g"));
    }

    @Override
    public String toString() {
        return value;
    }
}
