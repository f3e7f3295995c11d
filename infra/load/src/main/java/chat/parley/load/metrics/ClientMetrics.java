package chat.parley.load.metrics;

import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.ReceivedFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What is counted and timed while a command runs. */
public final class ClientMetrics {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final SendTimes stamps;
    private final Histogram ack = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram live = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram backlog = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    final LongAdder sent = new LongAdder();
    public final LongAdder resent = new LongAdder();
    public final LongAdder acked = new LongAdder();
    public final LongAdder refused = new LongAdder();
    public final LongAdder strayAnswers = new LongAdder();
    public final LongAdder unreadableFrames = new LongAdder();
    public final LongAdder liveDeliveries = new LongAdder();
    public final LongAdder backlogDeliveries = new LongAdder();
    public final LongAdder connected = new LongAdder();
    public final LongAdder connectionFailures = new LongAdder();
    public final LongAdder resumed = new LongAdder();
    public final LongAdder resyncs = new LongAdder();
    public final LongAdder tokensRenewed = new LongAdder();
    public final LongAdder chaosCuts = new LongAdder();
    public final LongAdder heartbeatsSent = new LongAdder();
    public final LongAdder heartbeatsAnswered = new LongAdder();
    public final AtomicInteger online = new AtomicInteger();
    private final LongAdder restRetries = new LongAdder();
    private final ConcurrentSkipListMap<String, LongAdder> codes = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, LongAdder> closes = new ConcurrentSkipListMap<>();

    public ClientMetrics(SendTimes stamps) {
        this.stamps = stamps;
    }

    public void messageSent(String clientMessageId, boolean again) {
        (again ? resent : sent).increment();
        stamps.sent(clientMessageId, System.nanoTime());
    }

    public void messageAcked(String clientMessageId) {
        acked.increment();
        record(ack, stamps.since(MessageIds.stamp(clientMessageId), System.nanoTime()));
    }

    public void delivered(ReceivedFrame.Entry entry) {
        boolean isLive = entry.cursor() != null;
        (isLive ? liveDeliveries : backlogDeliveries).increment();
        record(isLive ? live : backlog, stamps.since(entry.stamp(), System.nanoTime()));
    }

    public void restRetried() {
        restRetries.increment();
    }

    public void errorCode(String code) {
        codes.computeIfAbsent(code, any -> new LongAdder()).increment();
    }

    public void closed(String why) {
        closes.computeIfAbsent(why, any -> new LongAdder()).increment();
    }

    public long deliveries() {
        return liveDeliveries.sum() + backlogDeliveries.sum();
    }

    public long restRetries() {
        return restRetries.sum();
    }

    /** Errors that the server answered with, by code. */
    public Map<String, Long> codes() {
        return sums(codes);
    }

    /** Connections that ended, by why. */
    public Map<String, Long> closes() {
        return sums(closes);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new LinkedHashMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    public Histogram ack() {
        return ack;
    }

    public Histogram live() {
        return live;
    }

    public Histogram backlog() {
        return backlog;
    }

    private static void record(Histogram histogram, long nanos) {
        if (nanos >= 0) {
            histogram.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        }
    }
}
