package chat.parley.identity.security;

import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.security.SecureRandom;
import java.util.Base64;

/** Random ids: a letter for the kind and 128 random bits. */
public final class RandomIds {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    public static UserId user() {
        return new UserId("u" + base64(BYTES));
    }

    public static LoginSessionId session() {
        return new LoginSessionId("s" + base64(BYTES));
    }

    public static ConversationId group() {
        return new ConversationId("g" + base64(BYTES));
    }

    /** URL-safe Base64 of this many random bytes. */
    public static String base64(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
