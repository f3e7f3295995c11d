package chat.parley.search.history.query;

import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** The length of an interval in facets and statistics. */
public enum Interval {
    MINUTE(CalendarInterval.Minute, ChronoUnit.MINUTES.getDuration()),
    HOUR(CalendarInterval.Hour, ChronoUnit.HOURS.getDuration()),
    DAY(CalendarInterval.Day, ChronoUnit.DAYS.getDuration()),
    WEEK(CalendarInterval.Week, ChronoUnit.WEEKS.getDuration()),
    MONTH(CalendarInterval.Month, Duration.ofDays(28)),
    QUARTER(CalendarInterval.Quarter, Duration.ofDays(90)),
    YEAR(CalendarInterval.Year, Duration.ofDays(365));

    static final int MOST_PARTS = 100;

    private final CalendarInterval calendar;
    private final Duration atLeast;

    Interval(CalendarInterval calendar, Duration atLeast) {
        this.calendar = calendar;
        this.atLeast = atLeast;
    }

    public CalendarInterval calendar() {
        return calendar;
    }

    /** The highest number of intervals in this time, whenever it begins. */
    public long mostParts(Duration time) {
        return time.dividedBy(atLeast) + 2;
    }

    /** The shortest interval with at most {@value #MOST_PARTS} in this time, whenever it begins. */
    public static Interval dividing(Duration time) {
        return Stream.of(values())
                .filter(interval -> interval.mostParts(time) <= MOST_PARTS)
                .findFirst()
                .orElse(YEAR);
    }
}
