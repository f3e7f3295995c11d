package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactId;
import chat.parley.api.conversation.ConversationId;

/**
 * HMAC-SHA256 under secrets of this installation. Equal inputs have equal hashes; without the secret, the input cannot
 * be guessed.
 */
public interface KeyedHash {
    /** The first 192 bits as URL-safe Base64, 32 characters. Each purpose has its own key. */
    String of(Purpose purpose, String input);

    /** What a hash is for. The same input has a different hash for each purpose. */
    enum Purpose {
        USERNAME,
        USERNAME_LOOK,
        DIRECT_CONVERSATION,
        CONTACT,
        MESSAGE_CONTENT,
        CURSOR,
        NAME_PART,
        EXTERNAL_SUBJECT,
        LOGIN_SOURCE,
        STARTED_GROUP,
        REPLAY_TICKET,
        GATEWAY,
        INSTALLATION
    }

    /** The id of the direct conversation of two users, independent of their order. */
    default ConversationId directConversation(UserId one, UserId other) {
        return new ConversationId("d" + of(Purpose.DIRECT_CONVERSATION, pair(one, other)));
    }

    /** The id of the relationship of two users, independent of their order. */
    default ContactId contact(UserId one, UserId other) {
        return new ContactId("r" + of(Purpose.CONTACT, pair(one, other)));
    }

    private static String pair(UserId one, UserId other) {
        boolean inOrder = one.value().compareTo(other.value()) <= 0;
        return inOrder ? one + "/" + other : other + "/" + one;
    }
}
