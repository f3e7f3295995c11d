package chat.parley.api.conversation;

import chat.parley.api.account.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers {@link Answer}. See {@code SentMessages}. */
public record FindSentMessage(ConversationId conversation, UserId sender, ClientMessageId id, long throughPosition) {
    /**
     * @param known    whether the read model includes {@code throughPosition}
     * @param position 0 if the message was never sent
     */
    public record Answer(
            boolean known,
            long position,
            @Nullable Instant at,
            @Nullable String contentHash) {}
}
