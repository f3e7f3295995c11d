package chat.parley.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is told to move. */
public final class MutableClock extends Clock {
    /** Where {@link #betweenMilliseconds()} starts, to the millisecond. */
    public static final Instant START = Instant.parse("2026-11-21T09:00:00.123Z");

    private volatile Instant now;

    public MutableClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    private MutableClock(Instant now) {
        this.now = now;
    }

    /** A clock that is finer than milliseconds. */
    public static MutableClock betweenMilliseconds() {
        return new MutableClock(START.plusNanos(456_789));
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Parley's clocks are UTC");
    }
}
