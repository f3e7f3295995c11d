package chat.parley.load.metrics;

import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.ReceivedFrame;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The client's counters and latencies during one command. */
public final class ClientMetrics {
    private static final int DIGITS = 3;
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

    private final SendTimes sendTimes;
    private final Histogram ack = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final Histogram live = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final Histogram backlog = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final Histogram resumed = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
    private final AtomicInteger online = new AtomicInteger();
    private final ConcurrentSkipListMap<String, LongAdder> errorCodes = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, LongAdder> closes = new ConcurrentSkipListMap<>();

    public enum Counter {
        SENT,
        RESENT,
        ACKED,
        REFUSED,
        UNEXPECTED_ANSWERS,
        UNREADABLE_FRAMES,
        LIVE_DELIVERIES,
        BACKLOG_DELIVERIES,
        CONNECTED,
        CONNECTION_FAILURES,
        RESUMED,
        RESYNCS,
        TOKENS_RENEWED,
        CHAOS_CUTS,
        HEARTBEATS_SENT,
        HEARTBEATS_ANSWERED,
        REST_RETRIES
    }

    public ClientMetrics(SendTimes sendTimes) {
        this.sendTimes = sendTimes;
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    public void increment(Counter counter) {
        adder(counter).increment();
    }

    public long sum(Counter counter) {
        return adder(counter).sum();
    }

    private LongAdder adder(Counter counter) {
        return Objects.requireNonNull(counters.get(counter));
    }

    public void messageSent(String clientMessageId, boolean again) {
        increment(again ? Counter.RESENT : Counter.SENT);
        sendTimes.sent(clientMessageId, System.nanoTime());
    }

    public void messageAcked(String clientMessageId) {
        increment(Counter.ACKED);
        record(ack, sendTimes.since(MessageIds.tag(clientMessageId), System.nanoTime()));
    }

    public void delivered(ReceivedFrame.Entry entry) {
        boolean isLive = entry.cursor() != null;
        increment(isLive ? Counter.LIVE_DELIVERIES : Counter.BACKLOG_DELIVERIES);
        record(isLive ? live : backlog, sendTimes.since(entry.tag(), System.nanoTime()));
    }

    public void wentOnline() {
        online.incrementAndGet();
    }

    public void wentOffline() {
        online.decrementAndGet();
    }

    /** A client has caught up so long after it lost its connection. */
    public void resumed(long nanos) {
        record(resumed, nanos);
    }

    /** Clients that are connected now. */
    public int online() {
        return online.get();
    }

    public void errorReceived(String code) {
        errorCodes.computeIfAbsent(code, any -> new LongAdder()).increment();
    }

    public void connectionClosed(String reason) {
        closes.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    public long deliveries() {
        return sum(Counter.LIVE_DELIVERIES) + sum(Counter.BACKLOG_DELIVERIES);
    }

    /** Errors that the server answered, by code. */
    public Map<String, Long> errorCodes() {
        return sums(errorCodes);
    }

    /** Connections that ended, by reason. */
    public Map<String, Long> closes() {
        return sums(closes);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new LinkedHashMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    public Histogram resumed() {
        return resumed;
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
            histogram.recordValue(Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        }
    }
}
