package chat.parley.load.scenario;

import chat.parley.load.client.RestClient;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A server makes its read model again from all events: how fast, and whether what it made is right. */
final class RebuildScenario {
    private static final Pattern LAG = Pattern.compile("parley_projection_lag_events\\{.*} ([0-9.E]+)");
    private static final long LOOK_EVERY_MS = 200;
    private static final int PAGE = 200;

    private final ScenarioRun bench;
    private final int messages;

    /** @param messages in the conversation that {@link HistoryScenario} filled */
    RebuildScenario(ScenarioRun bench, int messages) {
        this.bench = bench;
        this.messages = messages;
    }

    void play() throws IOException, InterruptedException {
        AtomicLong behind = new AtomicLong(lag());
        long events = behind.get();
        if (events == 0) {
            throw new RunAbortedException(
                    "There is nothing to rebuild: take the read model away while the server is down", null);
        }
        ScenarioRun.Window window = bench.measure(() -> {
            try (ProgressBar _ = bench.progress("rebuild", events, () -> events - behind.get())) {
                catchUp(behind);
            }
        });
        bench.checked("events", events);
        bench.figure("eventsPerSecond", events / window.seconds());
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMicrosPerEvent", cpuSeconds * TimeUnit.SECONDS.toMicros(1) / events);
        }
        check();
    }

    private void catchUp(AtomicLong behind) {
        long movedNanos = System.nanoTime();
        while (behind.get() > 0) {
            RestClient.pause(LOOK_EVERY_MS);
            long before = behind.getAndSet(lag());
            if (behind.get() < before) {
                movedNanos = System.nanoTime();
            } else if (System.nanoTime() - movedNanos > bench.patience().toNanos()) {
                throw new RunAbortedException("The read model stays " + before + " events behind", null);
            }
        }
    }

    /** Events, of the part of the read model that is furthest behind. */
    private long lag() {
        return bench.rest()
                .metrics()
                .lines()
                .map(LAG::matcher)
                .filter(Matcher::matches)
                .mapToLong(part -> (long) Double.parseDouble(part.group(1)))
                .max()
                .orElseThrow(() ->
                        new RunAbortedException("The server does not tell how far its read model is behind", null));
    }

    /** The whole of the conversation. */
    private void check() throws InterruptedException {
        LongConversation conversation = LongConversation.of(bench);
        long last = NumberedConversation.position(messages);
        List<ClosedLoopReads.Question> pages = LongStream.iterate(0, after -> after < last, after -> after + PAGE)
                .mapToObj(after -> conversation.page(after, (int) Math.min(PAGE, last - after)))
                .toList();
        List<ClosedLoopReads.Question> read = bench.each("checking", pages, page -> {
            page.check().accept(conversation.reader().call(token -> bench.rest().get(page.path(), token)));
            return page;
        });
        bench.checked("pages", read.size());
    }
}
