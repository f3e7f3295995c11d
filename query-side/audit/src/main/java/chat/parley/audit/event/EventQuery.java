package chat.parley.audit.event;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a request for events. */
public record EventQuery(
        @Parameter(description = "Why the events are read; one line, recorded for good") @Nullable
        String reason,

        @Parameter(description = "The index after which the answer begins") @Nullable
        Long after,

        @Parameter(description = "The last index") @Nullable Long through,

        @Parameter(description = "The moment of the first event, RFC 3339 with a zone") @Nullable
        String from,

        @Parameter(description = "The moment before which the last event was stored") @Nullable
        String to,

        @Parameter(description = "Only events that name this conversation") @Nullable
        String conversation,

        @Parameter(description = "Only events that name this person") @Nullable
        String user,

        @Parameter(description = "Only these types, such as `MessageSent`") @Nullable
        List<String> type,

        @Parameter(description = "Only entries of conversations from this position on") @Nullable
        Long fromPosition,

        @Parameter(description = "Only entries of conversations up to this position") @Nullable
        Long toPosition) {
    private static final int MAX_TYPES = 64;

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} or {@link Refusal#INVALID_ID} */
    public EventFilter filter() {
        Set<String> types = type == null ? Set.of() : Set.copyOf(type);
        boolean reversed = fromPosition != null && toPosition != null && toPosition < fromPosition;
        if (types.size() > MAX_TYPES || reversed || isBelowOne(fromPosition) || isBelowOne(toPosition)) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        return new EventFilter(
                conversation == null ? null : new ConversationId(conversation),
                user == null ? null : new UserId(user),
                types,
                fromPosition,
                toPosition);
    }

    private static boolean isBelowOne(@Nullable Long position) {
        return position != null && position < 1;
    }
}
