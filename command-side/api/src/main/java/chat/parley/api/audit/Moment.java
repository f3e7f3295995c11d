package chat.parley.api.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the life of a conversation; now if both are null. A query with both is refused.
 *
 * @param position right after the entry at this position
 * @param at       at this time, after everything of this time
 */
public record Moment(@Nullable Long position, @Nullable Instant at) {
    public static final Moment NOW = new Moment(null, null);

    public static Moment after(long position) {
        return new Moment(position, null);
    }

    public static Moment at(Instant time) {
        return new Moment(null, time);
    }

    /** Whether an entry belongs to the conversation as it stood at this moment. */
    public boolean includes(long entry, Instant time) {
        return (position == null || entry <= position) && (at == null || !time.isAfter(at));
    }

    /** Whether a conversation whose newest included entry is this one has come to this moment. */
    public boolean isReached(long entry) {
        return entry > 0 && (position == null || entry == position);
    }

    /**
     * The time up to which read marks count. They are not numbered together with the entries.
     *
     * @param newest time of the newest included entry
     */
    public Instant end(Instant newest) {
        if (at != null) {
            return at;
        }
        return position == null ? Instant.MAX : newest;
    }
}
