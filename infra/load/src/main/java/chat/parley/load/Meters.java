package chat.parley.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What is counted and timed while a command runs. */
final class Meters {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final SendStamps stamps;
    private final Histogram ack = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram live = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram backlog = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    final LongAdder sent = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder acked = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder strayAnswers = new LongAdder();
    final LongAdder unreadableFrames = new LongAdder();
    final LongAdder liveDeliveries = new LongAdder();
    final LongAdder backlogDeliveries = new LongAdder();
    final LongAdder connected = new LongAdder();
    final LongAdder connectionFailures = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    final LongAdder tokensRenewed = new LongAdder();
    final LongAdder chaosCuts = new LongAdder();
    final LongAdder heartbeatsSent = new LongAdder();
    final LongAdder heartbeatsAnswered = new LongAdder();
    final AtomicInteger online = new AtomicInteger();
    private final LongAdder restRetries = new LongAdder();
    private final ConcurrentSkipListMap<String, LongAdder> codes = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, LongAdder> closes = new ConcurrentSkipListMap<>();

    Meters(SendStamps stamps) {
        this.stamps = stamps;
    }

    void messageSent(String clientMessageId, boolean again) {
        (again ? resent : sent).increment();
        stamps.sent(clientMessageId, System.nanoTime());
    }

    void messageAcked(String clientMessageId) {
        acked.increment();
        record(ack, stamps.since(MessageIds.stamp(clientMessageId), System.nanoTime()));
    }

    void delivered(ServerFrame.Entry entry) {
        boolean isLive = entry.cursor() != null;
        (isLive ? liveDeliveries : backlogDeliveries).increment();
        record(isLive ? live : backlog, stamps.since(entry.stamp(), System.nanoTime()));
    }

    void restRetried() {
        restRetries.increment();
    }

    void errorCode(String code) {
        codes.computeIfAbsent(code, any -> new LongAdder()).increment();
    }

    void closed(String why) {
        closes.computeIfAbsent(why, any -> new LongAdder()).increment();
    }

    long deliveries() {
        return liveDeliveries.sum() + backlogDeliveries.sum();
    }

    long restRetries() {
        return restRetries.sum();
    }

    /** Errors that the server answered with, by code. */
    Map<String, Long> codes() {
        return sums(codes);
    }

    /** Connections that ended, by why. */
    Map<String, Long> closes() {
        return sums(closes);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new LinkedHashMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    Histogram ack() {
        return ack;
    }

    Histogram live() {
        return live;
    }

    Histogram backlog() {
        return backlog;
    }

    private static void record(Histogram histogram, long nanos) {
        if (nanos >= 0) {
            histogram.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        }
    }
}
