package chat.parley.audit.event;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.RawEvents;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the events to read.
 *
 * @param after   exclusive; -1 for all from the beginning
 * @param through inclusive; smaller than {@code after} for none
 */
public record EventRange(long after, long through) {
    /**
     * The range that is asked for, up to the newest event.
     *
     * @throws Refused {@link Refusal#INVALID_PARAMETER} if a moment is not RFC 3339 with a zone, an index is negative or
     * beyond the head, or the end is before the beginning
     */
    public static EventRange of(RawEvents events, EventQuery query) {
        Long after = query.after();
        Long through = query.through();
        long head = events.head();
        require(after == null || (after >= -1 && after <= head), "after is the index of a stored event, or -1");
        require(through == null || (through >= 0 && through <= head), "through is the index of a stored event");
        require(after == null || through == null || after <= through, "through is not before after");
        Instant first = moment("from", query.from());
        Instant end = moment("to", query.to());
        require(first == null || end == null || !end.isBefore(first), "to is not before from");
        long start = Math.max(after == null ? -1 : after, first == null ? -1 : events.firstAt(first) - 1);
        long last = Math.min(through == null ? head : through, end == null ? head : events.firstAt(end) - 1);
        return new EventRange(start, last);
    }

    private static @Nullable Instant moment(String name, @Nullable String written) {
        if (written == null) {
            return null;
        }
        return Rfc3339.parse(written)
                .orElseThrow(() -> new Refused(
                        Refusal.INVALID_PARAMETER, name + " is a time of RFC 3339, such as 2026-11-29T09:30:00Z"));
    }

    private static void require(boolean condition, String detail) {
        if (!condition) {
            throw new Refused(Refusal.INVALID_PARAMETER, detail);
        }
    }
}
