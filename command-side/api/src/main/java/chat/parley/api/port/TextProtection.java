package chat.parley.api.port;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.search.SavedSearchId;
import java.time.Instant;
import java.util.Optional;

/** Encrypts text before it becomes part of an event, and decrypts it for readers. */
public interface TextProtection {
    /**
     * Encrypts under the author's current key. The key is durable before this returns.
     *
     * @param context associated data that the ciphertext is bound to; {@link #reveal} needs the same
     */
    SealedText seal(UserId author, String text, String context);

    /**
     * The plain text; empty if its key was destroyed.
     *
     * @throws IllegalStateException if the ciphertext was altered or is bound to another context
     */
    Optional<String> reveal(SealedText sealed, String context);

    /** The context of a message's text. */
    static String messageContext(ConversationId conversation, UserId sender, ClientMessageId id) {
        return "message/" + conversation + "/" + sender + "/" + id;
    }

    /** The context of the new text of an edited message. */
    static String editContext(ConversationId conversation, UserId editor, long target) {
        return "edit/" + conversation + "/" + editor + "/" + target;
    }

    /** The context of a group's title. */
    static String titleContext(ConversationId conversation) {
        return "title/" + conversation;
    }

    /** The context of a username. */
    static String usernameContext(UserId user) {
        return "username/" + user;
    }

    /** The context of a display name. */
    static String displayNameContext(UserId user) {
        return "display-name/" + user;
    }

    /** The context of a recorded query. */
    static String searchContext(UserId analyst, Instant at) {
        return "search/" + analyst + "/" + at.toEpochMilli();
    }

    /** The context of a field of a recorded audit access. */
    static String auditContext(UserId auditor, String field, Instant at) {
        return "audit/" + auditor + "/" + field + "/" + at.toEpochMilli();
    }

    /** The context of a saved search. */
    static String savedSearchContext(UserId owner, SavedSearchId id) {
        return "saved-search/" + owner + "/" + id;
    }
}
