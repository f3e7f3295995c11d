package chat.parley.commands;

import chat.parley.api.ConversationId;
import chat.parley.api.SessionId;
import chat.parley.api.UserId;
import java.security.SecureRandom;
import java.util.Base64;

/** Ids that say nothing and are never given twice: 128 random bits behind a letter for the kind. */
final class RandomIds {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    static UserId user() {
        return new UserId("u" + base64(BYTES));
    }

    static SessionId session() {
        return new SessionId("s" + base64(BYTES));
    }

    static ConversationId group() {
        return new ConversationId("g" + base64(BYTES));
    }

    /** URL-safe Base64 of this many random bytes. */
    static String base64(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
