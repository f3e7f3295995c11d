package chat.parley.domain;

import java.time.Clock;
import java.time.Instant;

/** Time as events tell it: in whole milliseconds, which every store keeps alike. */
final class Times {
    private Times() {}

    static Instant now(Clock clock) {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Now, or the time before it where the clock has gone back. */
    static Instant now(Clock clock, long notBeforeMillis) {
        return Instant.ofEpochMilli(Math.max(notBeforeMillis, clock.millis()));
    }
}
