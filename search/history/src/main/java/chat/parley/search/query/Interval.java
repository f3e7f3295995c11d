package chat.parley.search.query;

import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** How long the parts are into which a time is divided. */
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

    CalendarInterval calendar() {
        return calendar;
    }

    /** The shortest of which there are at most {@value #MOST_PARTS} in this time, wherever it begins. */
    static Interval dividing(Duration time) {
        return Stream.of(values())
                .filter(interval -> time.dividedBy(interval.atLeast) <= MOST_PARTS - 2)
                .findFirst()
                .orElse(YEAR);
    }
}
