package chat.parley.api.port;

import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.search.SavedSearchId;
import java.time.Instant;
import java.util.Optional;

/** Seals text before it becomes an event and reveals it to those who may read it. */
public interface TextProtection {
    /**
     * Seals under the author's current key, which is durable before this returns.
     *
     * @param context what the text is bound to; {@link #reveal} needs the same
     */
    Sealed seal(UserId author, String text, String context);

    /**
     * The text, or empty where its key has been destroyed.
     *
     * @throws IllegalStateException if the sealed text was altered or is bound to another context
     */
    Optional<String> reveal(Sealed sealed, String context);

    /** What a message's text is bound to. */
    static String messageContext(ConversationId conversation, UserId sender, ClientMessageId id) {
        return "message/" + conversation + "/" + sender + "/" + id;
    }

    /** What the new text of an edited message is bound to. */
    static String editContext(ConversationId conversation, UserId editor, long target) {
        return "edit/" + conversation + "/" + editor + "/" + target;
    }

    /** What a group's title is bound to. */
    static String titleContext(ConversationId conversation) {
        return "title/" + conversation;
    }

    /** What a username is bound to. */
    static String usernameContext(UserId user) {
        return "username/" + user;
    }

    /** What a display name is bound to. */
    static String displayNameContext(UserId user) {
        return "display-name/" + user;
    }

    /** What a recorded query is bound to. */
    static String searchContext(UserId analyst, Instant at) {
        return "search/" + analyst + "/" + at.toEpochMilli();
    }

    /** What a saved search is bound to. */
    static String savedSearchContext(UserId owner, SavedSearchId id) {
        return "saved-search/" + owner + "/" + id;
    }
}
