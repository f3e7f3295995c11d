package chat.parley.notifications.delivery;

import chat.parley.api.conversation.ConversationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** What a device is told about one conversation. */
public sealed interface PushNotification {
    ConversationId conversation();

    long position();

    /**
     * The same for all of a conversation, so that a newer push takes the place of the one before, on its way and on the
     * screen. 32 characters of URL-safe Base64 are what Web PushNotification allows.
     */
    public default String collapseKey() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(conversation().value().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 24));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param unread messages of the conversation that the user has not read, this one among them */
    record Alert(ConversationId conversation, long position, String title, String body, long unread)
            implements PushNotification {
        @Override
        public String toString() {
            return "Alert[conversation=" + conversation + ", position=" + position + "]";
        }
    }

    /** What was shown up to this position has been read elsewhere. */
    record Withdrawal(ConversationId conversation, long position) implements PushNotification {}
}
