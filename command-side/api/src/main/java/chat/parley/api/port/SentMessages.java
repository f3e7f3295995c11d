package chat.parley.api.port;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;

/** Whether a message was sent long ago, asked when a conversation itself has forgotten. */
public interface SentMessages {
    /** @param throughPosition everything up to here must have been looked at for the answer to be {@link NeverSent} */
    Lookup find(ConversationId conversation, UserId sender, ClientMessageId id, long throughPosition);

    /** The three answers. */
    sealed interface Lookup {}

    record Sent(long position, Instant at, String contentHash) implements Lookup {}

    record NeverSent() implements Lookup {}

    /** The read side is behind {@code throughPosition}. */
    record NotYetKnown() implements Lookup {}
}
