package chat.parley.api.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One user's private state in one conversation. */
public record ReadMarkId(ConversationId conversation, UserId user) {
    private static final char SEPARATOR = ':';

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ReadMarkId parse(String value) {
        int separator = value.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new Refused(Refusal.INVALID_ID);
        }
        return new ReadMarkId(
                new ConversationId(value.substring(0, separator)), new UserId(value.substring(separator + 1)));
    }

    @Override
    @JsonValue
    public String toString() {
        return conversation.value() + SEPARATOR + user.value();
    }
}
