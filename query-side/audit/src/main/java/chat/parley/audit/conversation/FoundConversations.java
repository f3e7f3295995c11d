package chat.parley.audit.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conversations that an auditor has looked for, by the index of their start.
 *
 * @param next the {@code after} of the following page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FoundConversations(
        List<Found> conversations, @Nullable Long next) {
    /**
     * @param index  of the event that started the conversation
     * @param titles every title that it had, in their order; none in a direct conversation
     * @param people everybody who was ever a member, in the order in which they joined
     */
    record Found(
            ConversationId conversation,
            long index,
            String kind,
            UserId startedBy,
            Instant startedAt,
            List<Title> titles,
            Set<UserId> people) {}

    /**
     * @param position of the entry that set the title
     * @param erased   whether the key of the title was destroyed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Title(@Nullable String title, boolean erased, long position, Instant at) {}
}
