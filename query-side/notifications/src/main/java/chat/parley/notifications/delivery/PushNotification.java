package chat.parley.notifications.delivery;

import chat.parley.api.Sha256;
import chat.parley.api.conversation.ConversationId;
import java.util.Arrays;
import java.util.Base64;

/** A notification about one conversation for one device. */
public sealed interface PushNotification {
    ConversationId conversation();

    long position();

    /**
     * The same for all notifications of a conversation, so that a newer one replaces the older one in transit and on
     * the screen. Web Push allows 32 characters of URL-safe Base64.
     */
    public default String collapseKey() {
        byte[] hash = Arrays.copyOf(Sha256.of(conversation().value()), 24);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /** @param unread number of unread messages in the conversation, including this one */
    record Alert(ConversationId conversation, long position, String title, String body, long unread)
            implements PushNotification {
        @Override
        public String toString() {
            return "Alert[conversation=" + conversation + ", position=" + position + "]";
        }
    }

    /** Withdraws what was shown up to this position, because it was read on another device. */
    record Withdrawal(ConversationId conversation, long position) implements PushNotification {}
}
