package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.audit.EntryWindow;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.conversation.ConversationId;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a request for a conversation at a moment. */
record MomentQuery(
        @Parameter(description = "Why it is read; one line, recorded for good") @Nullable
        String reason,

        @Parameter(description = "A position, or a time of RFC 3339; the present if absent") @Nullable
        String at,

        @Parameter(description = "Entries that follow this position") @Nullable
        Long after,

        @Parameter(description = "Entries that come before this position") @Nullable
        Long before,

        @Parameter(description = "1 to 200; 50 if absent") @Nullable
        Integer limit) {
    static final int MOST_ENTRIES = 200;
    static final int USUAL_ENTRIES = 50;

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} */
    FindConversationAt in(ConversationId conversation) {
        RequestParameters.atLeast(0, after);
        RequestParameters.atLeast(1, before);
        RequestParameters.require(after == null || before == null);
        return new FindConversationAt(
                conversation, MomentParameter.parse("at", at), new EntryWindow(after, before, limit(limit)));
    }

    static int limit(@Nullable Integer wanted) {
        return RequestParameters.within(1, wanted == null ? USUAL_ENTRIES : wanted, MOST_ENTRIES);
    }
}
