package chat.parley.search.history.language;

import chat.parley.search.history.language.Criterion.When;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Parses days and moments, and computes their limits. */
public final class TimeExpressions {
    public static final String WHAT_IS_TAKEN = "a day such as 2026-11-21, or a time such as 2026-11-21T14:30,"
            + " of the years " + TimeExpressions.FIRST_YEAR + " to " + TimeExpressions.LAST_YEAR;

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2999;

    private TimeExpressions() {}

    /** @param zone zone of a time without its own */
    public static Optional<When> when(String text, ZoneId zone) {
        try {
            TemporalAccessor parsed = text.indexOf('T') < 0 && text.indexOf('t') < 0
                    ? DateTimeFormatter.ISO_LOCAL_DATE.parse(text, LocalDate::from)
                    : DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return Optional.of(parsed).map(time -> when(time, zone)).filter(TimeExpressions::isSane);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static When when(TemporalAccessor time, ZoneId zone) {
        return switch (time) {
            case LocalDate date -> new When.Day(date);
            case LocalDateTime local -> moment(local.atZone(zone).toInstant());
            default -> moment(Instant.from(time));
        };
    }

    private static When moment(Instant instant) {
        return new When.Moment(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    private static boolean isSane(When when) {
        int year = switch (when) {
            case When.Day(LocalDate date) -> date.getYear();
            case When.Moment(Instant instant) -> instant.atZone(ZoneOffset.UTC).getYear();
        };
        return FIRST_YEAR <= year && year <= LAST_YEAR;
    }

    /** The first millisecond of the day or moment. */
    public static Instant start(When when, ZoneId zone) {
        return switch (when) {
            case When.Day(LocalDate date) -> date.atStartOfDay(zone).toInstant();
            case When.Moment(Instant instant) -> instant;
        };
    }

    /** The first millisecond after the day or moment. */
    public static Instant end(When when, ZoneId zone) {
        return switch (when) {
            case When.Day(LocalDate date) -> date.plusDays(1).atStartOfDay(zone).toInstant();
            case When.Moment(Instant instant) -> instant.plusMillis(1);
        };
    }
}
