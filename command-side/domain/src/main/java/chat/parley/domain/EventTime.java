package chat.parley.domain;

import java.time.Clock;
import java.time.Instant;

/** Timestamps of events: whole milliseconds, which every store preserves. */
final class EventTime {
    private EventTime() {}

    static Instant now(Clock clock) {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** The current time, but never before {@code notBeforeMillis}, even if the clock was set back. */
    static Instant now(Clock clock, long notBeforeMillis) {
        return Instant.ofEpochMilli(Math.max(notBeforeMillis, clock.millis()));
    }
}
