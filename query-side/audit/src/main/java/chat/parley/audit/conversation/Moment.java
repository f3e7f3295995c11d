package chat.parley.audit.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.conversation.ConversationId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment in a conversation: right after the entry at a position, or a time; now if both are null.
 *
 * @param at a time, which stands for the last entry that is not later
 */
record Moment(@Nullable Long position, @Nullable Instant at) {
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    /** @throws Refused {@link Refusal#INVALID_PARAMETER} unless this is a position or a time of RFC 3339 with a zone */
    static Moment parse(String parameter, @Nullable String written) {
        if (written == null) {
            return new Moment(null, null);
        }
        if (POSITION.matcher(written).matches()) {
            return new Moment(Long.parseLong(written), null);
        }
        try {
            return new Moment(null, OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException neither) {
            throw new Refused(
                    Refusal.INVALID_PARAMETER,
                    parameter + " is a position from 1, or a time of RFC 3339 such as 2026-11-29T09:30:00Z");
        }
    }

    FindConversationAt in(ConversationId conversation) {
        return new FindConversationAt(conversation, position, at);
    }
}
