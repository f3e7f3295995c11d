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
    SealedText seal(UserId author, String text, TextContext context);

    /**
     * The plain text; empty if its key was destroyed.
     *
     * @throws IllegalStateException if the ciphertext was altered or is bound to another context
     */
    Optional<String> reveal(SealedText sealed, TextContext context);

    /** The person under whose key it is sealed; empty if the key was destroyed. */
    Optional<UserId> author(SealedText sealed);

    /** The context of a message's text. */
    static TextContext messageContext(ConversationId conversation, UserId sender, ClientMessageId id) {
        return new TextContext("message/" + conversation + "/" + sender + "/" + id, conversation);
    }

    /** The context of the new text of an edited message. */
    static TextContext editContext(ConversationId conversation, UserId editor, long target) {
        return new TextContext("edit/" + conversation + "/" + editor + "/" + target, conversation);
    }

    /** The context of a group's title. */
    static TextContext titleContext(ConversationId conversation) {
        return new TextContext("title/" + conversation, null);
    }

    /** The context of a username. */
    static TextContext usernameContext(UserId user) {
        return new TextContext("username/" + user, null);
    }

    /** The context of a display name. */
    static TextContext displayNameContext(UserId user) {
        return new TextContext("display-name/" + user, null);
    }

    /** The context of a recorded query. */
    static TextContext searchContext(UserId analyst, Instant at) {
        return new TextContext("search/" + analyst + "/" + at.toEpochMilli(), null);
    }

    /** The context of the reason of a recorded query. */
    static TextContext searchReasonContext(UserId analyst, Instant at) {
        return new TextContext("search-reason/" + analyst + "/" + at.toEpochMilli(), null);
    }

    /** The context of the reason for a change of this user's roles. */
    static TextContext roleReasonContext(UserId user, Instant at) {
        return new TextContext("role-reason/" + user + "/" + at.toEpochMilli(), null);
    }

    /** The context of a field of a recorded audit access. */
    static TextContext auditContext(UserId auditor, String field, Instant at) {
        return new TextContext("audit/" + auditor + "/" + field + "/" + at.toEpochMilli(), null);
    }

    /** The context of a saved search. */
    static TextContext savedSearchContext(UserId owner, SavedSearchId id) {
        return new TextContext("saved-search/" + owner + "/" + id, null);
    }
}
