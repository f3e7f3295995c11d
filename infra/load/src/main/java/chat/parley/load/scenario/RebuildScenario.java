package chat.parley.load.scenario;

import chat.parley.load.client.Await;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.PrometheusText;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A rebuild of the read model from all events. */
@Command(
        name = "rebuild",
        description = "Measures how fast a server that was started without its read model rebuilds it. Checks the"
                + " conversation that `history --fill` made with the same --run and --password.")
final class RebuildScenario extends Scenario {
    private static final long POLL_MS = 200;
    private static final int PAGE = 200;

    @Option(names = "--messages", defaultValue = "1000000", description = "In the conversation (${DEFAULT-VALUE}).")
    private int messages;

    @Override
    Map<String, Object> settings() {
        return Map.of("messages", messages);
    }

    @Override
    void play() throws IOException, InterruptedException {
        AtomicLong lag = new AtomicLong(lag());
        long events = lag.get();
        if (events == 0) {
            throw new RunAbortedException(
                    "There is nothing to rebuild: remove the read model while the server is down", null);
        }
        ScenarioRun.Window window = run().measure(() -> {
            try (ProgressBar _ = run().progress("rebuild", events, () -> events - lag.get())) {
                catchUp(lag);
            }
        });
        run().checked("events", events);
        run().figure("eventsPerSecond", events / window.seconds());
        run().serverCpu("serverCpuMicrosPerEvent", window, TimeUnit.SECONDS.toMicros(1) / (double) events);
        check();
    }

    private void catchUp(AtomicLong lag) {
        long progressNanos = System.nanoTime();
        while (lag.get() > 0) {
            Await.pause(POLL_MS);
            long before = lag.getAndSet(lag());
            if (lag.get() < before) {
                progressNanos = System.nanoTime();
            } else if (System.nanoTime() - progressNanos > run().patience().toNanos()) {
                throw new RunAbortedException("The read model stays " + before + " events behind", null);
            }
        }
    }

    /** In events, of the projection that is furthest behind. */
    private long lag() {
        return (long) PrometheusText.samples(run().rest().metrics(), "parley_projection_lag_events")
                .filter(Double::isFinite)
                .max()
                .orElseThrow(() -> new RunAbortedException("The server has no metric of its projections' lag", null));
    }

    private void check() throws InterruptedException {
        LongConversation conversation = LongConversation.open(run());
        long last = NumberedConversation.position(messages);
        List<ClosedLoopReads.Read> pages = LongStream.iterate(0, after -> after < last, after -> after + PAGE)
                .mapToObj(after -> conversation.page(after, (int) Math.min(PAGE, last - after)))
                .toList();
        run().checked(
                        "pages",
                        run().inParallel("checking", pages, page -> {
                                    page.check()
                                            .accept(conversation
                                                    .reader()
                                                    .call(token -> run().rest().get(page.path(), token)));
                                    return page;
                                })
                                .size());
    }
}
