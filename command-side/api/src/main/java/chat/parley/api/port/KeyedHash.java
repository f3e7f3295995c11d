package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactId;
import chat.parley.api.conversation.ConversationId;

/** HMAC-SHA256 under a secret of this installation: equal inputs are recognised, and nothing can be guessed from it. */
public interface KeyedHash {
    /** The URL-safe Base64 of the first 192 bits, 32 characters; every purpose has its own key. */
    String of(Purpose purpose, String input);

    /** What a hash is for: the same input hashes differently for each. */
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
        STARTED_GROUP
    }

    /** The one conversation of two people, whoever asks. */
    default ConversationId directConversation(UserId one, UserId other) {
        return new ConversationId("d" + of(Purpose.DIRECT_CONVERSATION, pair(one, other)));
    }

    /** The one relation of two people, whoever asks. */
    default ContactId contact(UserId one, UserId other) {
        return new ContactId("r" + of(Purpose.CONTACT, pair(one, other)));
    }

    private static String pair(UserId one, UserId other) {
        boolean inOrder = one.value().compareTo(other.value()) <= 0;
        return inOrder ? one + "/" + other : other + "/" + one;
    }
}
