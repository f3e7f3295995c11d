package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.LocalDate;

/** Destroys keys of {@link TextProtection}, for good. Both operations can be repeated and are durable on return. */
public interface TextKeys {
    /**
     * Destroys all keys of the author. Every node stops revealing the author's texts within one second. Nothing can be
     * sealed for this author again: {@link TextProtection#seal} refuses with {@link
     * chat.parley.api.Refusal#USER_UNAVAILABLE}.
     */
    void destroy(UserId author);

    /**
     * Destroys the keys of messages and edits that were sealed in the conversation before this day in UTC. Every node
     * stops revealing them within one second.
     */
    void destroyBefore(ConversationId conversation, LocalDate day);
}
