package chat.parley.identity.security;

import chat.parley.api.RandomValues;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;

/** Random ids: a letter for the kind and 128 random bits. */
public final class RandomIds {
    private static final int BYTES = 16;

    private RandomIds() {}

    public static UserId user() {
        return new UserId("u" + RandomValues.text(BYTES));
    }

    public static LoginSessionId session() {
        return new LoginSessionId("s" + RandomValues.text(BYTES));
    }

    public static ConversationId group() {
        return new ConversationId("g" + RandomValues.text(BYTES));
    }
}
