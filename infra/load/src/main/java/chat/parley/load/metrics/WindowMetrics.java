package chat.parley.load.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counters and latencies of the measured window only. For one event loop. */
public final class WindowMetrics {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Histogram ack = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram delivery = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram lateness = new Histogram(LONGEST_MICROS, DIGITS);
    private long openedNanos;
    private long durationNanos;
    private long messages;
    private long deliveries;

    /** Starts the window. */
    public void open(Duration duration) {
        openedNanos = System.nanoTime();
        durationNanos = duration.toNanos();
    }

    private boolean measures(long nanos) {
        long since = nanos - openedNanos;
        return since >= 0 && since < durationNanos;
    }

    /** @param dueNanos when it should have been sent; latencies are recorded of messages due in the window */
    public void sent(long dueNanos, long nowNanos) {
        record(lateness, dueNanos, nowNanos);
    }

    public void acked(long dueNanos) {
        long now = System.nanoTime();
        messages += measures(now) ? 1 : 0;
        record(ack, dueNanos, now);
    }

    public void delivered() {
        deliveries += measures(System.nanoTime()) ? 1 : 0;
    }

    /** To a member other than the sender. */
    public void deliveredToOther(long dueNanos) {
        record(delivery, dueNanos, System.nanoTime());
    }

    private void record(Histogram histogram, long dueNanos, long nowNanos) {
        if (measures(dueNanos)) {
            histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nowNanos - dueNanos), 0, LONGEST_MICROS));
        }
    }

    /** The messages acknowledged in the window. */
    public long messages() {
        return messages;
    }

    /** The deliveries in the window, including those to senders. */
    public long deliveries() {
        return deliveries;
    }

    public Percentiles ack() {
        return Percentiles.of(ack);
    }

    public Percentiles delivery() {
        return Percentiles.of(delivery);
    }

    /** The delay of the client itself in sending. */
    public Percentiles lateness() {
        return Percentiles.of(lateness);
    }
}
