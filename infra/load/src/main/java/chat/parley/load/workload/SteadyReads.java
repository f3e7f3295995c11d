package chat.parley.load.workload;

import chat.parley.load.check.Findings;
import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.GaveUp;
import chat.parley.load.client.Refused;
import chat.parley.load.harness.Bench;
import chat.parley.load.metrics.Percentiles;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/**
 * Inboxes and newest pages of conversations, in turns and at a steady rate, asked for by members picked at random. Each
 * is due at its own time and waits from there, whether or not the server keeps up.
 */
public final class SteadyReads {
    private static final int DIGITS = 3;
    private static final int PAGE = 50;

    private final Bench bench;
    private final List<Membership> conversations;
    private final double perSecond;
    private final Histogram inboxMicros = new ConcurrentHistogram(DIGITS);
    private final Histogram pageMicros = new ConcurrentHistogram(DIGITS);
    private final LongAdder answers = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean measured;
    private volatile boolean over;

    public SteadyReads(Bench bench, List<Membership> conversations, double perSecond) {
        this.bench = bench;
        this.conversations = conversations;
        this.perSecond = perSecond;
    }

    public void start() {
        threads.execute(this::ask);
    }

    public void opens() {
        measured = true;
    }

    /** Returns when what was asked is answered. */
    public void stop() {
        over = true;
        threads.close();
    }

    public void report() {
        bench.checked("answers", answers.sum());
        bench.figure("targetReadsPerSecond", perSecond);
        bench.latency("dueToInbox", Percentiles.of(inboxMicros));
        bench.latency("dueToPage", Percentiles.of(pageMicros));
    }

    private void ask() {
        long startedNanos = System.nanoTime();
        for (long asked = 0; !over; asked++) {
            long dueNanos = startedNanos + (long) (asked * TimeUnit.SECONDS.toNanos(1) / perSecond);
            sleepUntil(dueNanos);
            boolean inbox = asked % 2 == 0;
            threads.execute(() -> ask(inbox, dueNanos));
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GaveUp("Interrupted", e);
        }
    }

    private void ask(boolean inbox, long dueNanos) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Membership somewhere = conversations.get(random.nextInt(conversations.size()));
        List<Device> members = somewhere.members();
        Account somebody = members.get(random.nextInt(members.size())).account();
        String path = inbox ? "/inbox" : "/conversations/" + somewhere.conversation() + "/entries?limit=" + PAGE;
        try {
            JsonNode answer = somebody.call(token -> bench.rest().get(path, token));
            if (measured && !over) {
                (inbox ? inboxMicros : pageMicros)
                        .recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - dueNanos));
            }
            answers.increment();
            check(somewhere.conversation(), inbox, answer);
        } catch (Refused | GaveUp e) {
            bench.findings().add(Findings.Kind.PROTOCOL, somebody.displayName() + ": " + e.getMessage());
        }
    }

    private void check(String conversation, boolean inbox, JsonNode answer) {
        if (inbox) {
            if (answer.path("conversations").isEmpty()) {
                bench.findings().add(Findings.Kind.INBOX_DIFFERS, "it is empty, " + conversation + " is missing");
            }
            return;
        }
        long last = 0;
        for (JsonNode entry : answer.path("entries")) {
            long position = entry.path("position").asLong();
            if (last != 0 && position != last + 1) {
                bench.findings().add(Findings.Kind.HISTORY_GAP, conversation + ": " + position + " follows " + last);
            }
            last = position;
        }
        if (last != answer.path("head").asLong()) {
            bench.findings()
                    .add(
                            Findings.Kind.HISTORY_GAP,
                            conversation + ": the newest page ends at " + last + ", not at head");
        }
    }
}
