package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;

/** Looks up messages that a conversation's own deduplication window has evicted. */
public interface SentMessages {
    /** @param throughPosition {@link NeverSent} may be answered only if everything up to this position is known */
    Lookup find(ConversationId conversation, UserId sender, ClientMessageId id, long throughPosition);

    /** The result of a lookup. */
    sealed interface Lookup {}

    record Sent(long position, Instant at, String contentHash) implements Lookup {}

    record NeverSent() implements Lookup {}

    /** The read model does not include {@code throughPosition} yet. */
    record NotYetKnown() implements Lookup {}
}
