package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.web.RequestParameters;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of a search for conversations. */
record ConversationQuery(
        @Parameter(description = "Why they are looked for; one line, recorded for good") @Nullable
        String reason,

        @Parameter(description = "Only conversations that this person was ever a member of") @Nullable
        String member,

        @Parameter(description = "Only conversations one of whose titles contains this text, in any case") @Nullable
        String title,

        @Parameter(description = "Only conversations with an entry at or after this moment, RFC 3339 with a zone")
        @Nullable
        String from,

        @Parameter(description = "Only conversations with an entry before this moment") @Nullable
        String to,

        @Parameter(description = "The `next` of the page before") @Nullable
        Long after,

        @Parameter(description = "1 to 200; 50 if absent") @Nullable
        Integer limit) {
    private static final int LONGEST_TITLE = 200;

    /** @throws Refused {@link Refusal#INVALID_ID} or {@link Refusal#INVALID_PARAMETER} */
    void requireValid() {
        RequestParameters.require(title == null || (!title.isBlank() && title.length() <= LONGEST_TITLE));
        RequestParameters.atLeast(-1, after);
        int _ = wantedLimit();
        UserId _ = wantedMember();
    }

    @Nullable
    UserId wantedMember() {
        return member == null ? null : new UserId(member);
    }

    @Nullable
    String wantedTitle() {
        return title == null ? null : folded(title);
    }

    static String folded(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    boolean hasTime() {
        return from != null || to != null;
    }

    long wantedAfter() {
        return after == null ? -1 : after;
    }

    int wantedLimit() {
        return MomentQuery.limit(limit);
    }
}
