package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.audit.FindConversationChanges;
import chat.parley.api.conversation.ConversationId;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a request for what changed between two moments of a conversation. */
record ChangesQuery(
        @Parameter(description = "Why it is read; one line, recorded for good") @Nullable
        String reason,

        @Parameter(description = "A position, or a time of RFC 3339", required = true) @Nullable
        String from,

        @Parameter(description = "A position, or a time of RFC 3339; the present if absent") @Nullable
        String to,

        @Parameter(description = "Entries that follow this position") @Nullable
        Long after,

        @Parameter(description = "1 to 200; 50 if absent") @Nullable
        Integer limit) {
    /** @throws Refused {@link Refusal#INVALID_PARAMETER} */
    FindConversationChanges in(ConversationId conversation) {
        if (from == null) {
            throw new Refused(Refusal.INVALID_PARAMETER, "from is a position or a time, and has to be given");
        }
        RequestParameters.atLeast(0, after);
        return new FindConversationChanges(
                conversation,
                MomentParameter.parse("from", from),
                MomentParameter.parse("to", to),
                after,
                MomentQuery.limit(limit));
    }
}
