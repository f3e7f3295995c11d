package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the life of a conversation.
 *
 * @param position right after the entry at this position; null for any
 * @param at       at this time, after everything of this time; null for any
 */
record Moment(@Nullable Long position, @Nullable Instant at) {
    static final Moment NOW = new Moment(null, null);

    Moment {
        if (position != null && at != null) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
    }

    static Moment after(long position) {
        return new Moment(position, null);
    }

    boolean includes(long entry, ConversationEvent event) {
        return (position == null || entry <= position)
                && (at == null || !event.at().isAfter(at));
    }

    /** Whether a conversation whose newest included entry is this one has come to this moment. */
    boolean isReached(long entry) {
        return entry > 0 && (position == null || entry == position);
    }

    /**
     * The time up to which read marks count. They are not numbered together with the entries.
     *
     * @param newest time of the newest included entry
     */
    Instant end(Instant newest) {
        if (at != null) {
            return at;
        }
        return position == null ? Instant.MAX : newest;
    }
}
