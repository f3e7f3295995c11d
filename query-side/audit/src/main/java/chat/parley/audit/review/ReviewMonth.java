package chat.parley.audit.review;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.event.EventRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A calendar month in a time zone.
 *
 * @param start inclusive
 * @param end   exclusive
 */
record ReviewMonth(Instant start, Instant end) {
    private static final int WRITTEN_LENGTH = "2026-11".length();

    /**
     * @param month as ISO 8601 writes it
     * @param zone  the name of a time zone; null for UTC
     * @throws Refused {@link Refusal#INVALID_PARAMETER}
     */
    static ReviewMonth of(@Nullable String month, @Nullable String zone) {
        YearMonth asked = month(month);
        ZoneId days = zone(zone == null ? "UTC" : zone);
        return new ReviewMonth(start(asked, days), start(asked.plusMonths(1), days));
    }

    private static YearMonth month(@Nullable String written) {
        // Longer ones are years that no event store can be asked for.
        if (written != null && written.length() == WRITTEN_LENGTH) {
            try {
                return YearMonth.parse(written);
            } catch (DateTimeException malformed) {
                throw noMonth();
            }
        }
        throw noMonth();
    }

    private static Refused noMonth() {
        return new Refused(Refusal.INVALID_PARAMETER, "month is a year and a month, such as 2026-11");
    }

    private static ZoneId zone(String written) {
        try {
            return ZoneId.of(written);
        } catch (DateTimeException unknown) {
            throw new Refused(Refusal.INVALID_PARAMETER, "tz is the name of a time zone, such as Asia/Seoul");
        }
    }

    private static Instant start(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    /** The events that are stored so far. Each event belongs to exactly one month of a time zone. */
    EventRange range(RawEvents events) {
        // First, so that what is stored meanwhile is in no future month.
        long head = events.head();
        return new EventRange(events.firstAt(start) - 1, Math.min(head, events.firstAt(end) - 1));
    }
}
