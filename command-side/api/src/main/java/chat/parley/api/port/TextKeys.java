package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Destroys keys of {@link TextProtection}, for good. Destroying can be repeated and is durable on return. */
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

    /**
     * Conversations that still have keys of days before this one, ascending by the characters of their ids.
     *
     * @param after the last conversation of the page before; null for the first page
     */
    List<OldestKey> keptBefore(LocalDate day, @Nullable ConversationId after, int most);

    /** @param day the first day in UTC whose key the conversation still has */
    record OldestKey(ConversationId conversation, LocalDate day) {}
}
