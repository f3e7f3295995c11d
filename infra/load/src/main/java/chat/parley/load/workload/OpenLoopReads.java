package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.RequestRefusedException;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads of inboxes and of newest pages of conversations, in turn and at a constant rate, by members picked at random.
 * The latency of a read counts from when it was due, whether or not the server keeps up.
 */
public final class OpenLoopReads {
    private static final int DIGITS = 3;
    private static final int PAGE = 50;

    private final ScenarioRun run;
    private final List<ConversationMembers> conversations;
    private final double perSecond;
    private final Histogram inboxMicros = new ConcurrentHistogram(DIGITS);
    private final Histogram pageMicros = new ConcurrentHistogram(DIGITS);
    private final LongAdder answers = new LongAdder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Future<?> sending;
    private volatile boolean measuring;
    private volatile boolean stopped;

    public OpenLoopReads(ScenarioRun run, List<ConversationMembers> conversations, double perSecond) {
        this.run = run;
        this.conversations = conversations;
        this.perSecond = perSecond;
    }

    public void start() {
        sending = threads.submit(this::sendDue);
    }

    public void openWindow() {
        measuring = true;
    }

    /** Returns when every read is answered. */
    public void stop() throws InterruptedException {
        stopped = true;
        if (sending != null) {
            Object ignored = Await.result(sending);
        }
        threads.close();
    }

    public void report() {
        run.checked("answers", answers.sum());
        run.figure("targetReadsPerSecond", perSecond);
        run.latency("dueToInbox", Percentiles.of(inboxMicros));
        run.latency("dueToPage", Percentiles.of(pageMicros));
    }

    private void sendDue() {
        long startedNanos = System.nanoTime();
        for (long sent = 0; !stopped; sent++) {
            long dueNanos = startedNanos + (long) (sent * TimeUnit.SECONDS.toNanos(1) / perSecond);
            sleepUntil(dueNanos);
            boolean inbox = sent % 2 == 0;
            threads.execute(() -> read(inbox, dueNanos));
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunAbortedException("Interrupted", e);
        }
    }

    private void read(boolean inbox, long dueNanos) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        ConversationMembers conversation = conversations.get(random.nextInt(conversations.size()));
        List<ChatClient> members = conversation.members();
        UserAccount reader = members.get(random.nextInt(members.size())).account();
        String path = inbox ? "/inbox" : "/conversations/" + conversation.conversation() + "/entries?limit=" + PAGE;
        try {
            JsonNode answer = reader.call(token -> run.rest().get(path, token));
            if (measuring && !stopped) {
                (inbox ? inboxMicros : pageMicros)
                        .recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - dueNanos));
            }
            answers.increment();
            check(conversation.conversation(), inbox, answer);
        } catch (RequestRefusedException | RunAbortedException e) {
            run.violations().add(Violations.Kind.PROTOCOL, reader.displayName() + ": " + e.getMessage());
        }
    }

    private void check(String conversation, boolean inbox, JsonNode answer) {
        if (inbox) {
            if (answer.path("conversations").isEmpty()) {
                run.violations().add(Violations.Kind.INBOX_DIFFERS, "it is empty, " + conversation + " is missing");
            }
            return;
        }
        long last = 0;
        for (JsonNode entry : answer.path("entries")) {
            long position = entry.path("position").asLong();
            if (last != 0 && position != last + 1) {
                run.violations().add(Violations.Kind.HISTORY_GAP, conversation + ": " + position + " follows " + last);
            }
            last = position;
        }
        if (last != answer.path("head").asLong()) {
            run.violations()
                    .add(
                            Violations.Kind.HISTORY_GAP,
                            conversation + ": the newest page ends at " + last + ", not at head");
        }
    }
}
