package chat.parley.load.workload;

import chat.parley.load.client.Groups;
import chat.parley.load.client.Rest;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.Progress;
import chat.parley.load.metrics.Tally;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Messages in some conversations, from the first to the proof that all of them arrived. */
public final class Traffic {
    private static final long LOOK_EVERY_MS = 100;

    /** Deliveries that have not come after this much silence will not come: everybody is connected. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final Bench bench;
    private final TrafficOptions options;
    private final EventLoop loop;
    private final Groups rest;
    private final Tally tally = new Tally();
    private final List<Talk> talks;
    private final Pace pace;

    public Traffic(Bench bench, TrafficOptions options, List<Membership> conversations) {
        this.bench = bench;
        this.options = options;
        loop = bench.network().nextLoop();
        rest = new Groups(bench.rest(), bench.patience());
        Script script = new Script(options.characters);
        talks = IntStream.range(0, conversations.size())
                .mapToObj(i -> new Talk(i, conversations.get(i), script, tally, bench.findings()))
                .toList();
        pace = options.pace(loop, talks);
    }

    /** Measures these messages and nothing else. */
    public void play() throws IOException, InterruptedException {
        start();
        Bench.Window window = bench.measure(this::opens, this::progress);
        stop();
        report("", window);
        Double serverCpuSeconds = window.serverCpuSeconds();
        if (serverCpuSeconds != null) {
            double micros = serverCpuSeconds * TimeUnit.SECONDS.toMicros(1);
            bench.figure("serverCpuMicrosPerMessage", micros / tally.messages());
            bench.figure("serverCpuMicrosPerDelivery", micros / tally.deliveries());
        }
    }

    /** Fills the conversations, and begins. */
    public void start() throws InterruptedException {
        onLoop(() -> talks.forEach(Talk::open));
        if (options.length > 0) {
            fill();
        }
        onLoop(pace::start);
    }

    /** The measured window begins. */
    public void opens(Duration duration) throws InterruptedException {
        onLoop(() -> tally.open(duration));
    }

    /** Ends, and checks what came of it. */
    public void stop() throws InterruptedException {
        onLoop(pace::stop);
        settle();
        onLoop(() -> talks.forEach(Talk::check));
        checkHeads();
    }

    public String progress() {
        return "%,d acked, %,d delivered"
                .formatted(
                        bench.meters().acked.sum(),
                        bench.meters().liveDeliveries.sum());
    }

    private void fill() throws InterruptedException {
        long before = bench.meters().acked.sum();
        try (Progress _ = bench.progress(
                "filling",
                (long) options.length * talks.size(),
                () -> bench.meters().acked.sum() - before)) {
            onLoop(options.filling(talks)::start);
            settle();
        }
    }

    private void onLoop(Runnable task) throws InterruptedException {
        Waiting.result(CompletableFuture.runAsync(task, loop));
    }

    private <T> T fromLoop(Supplier<T> question) throws InterruptedException {
        return Waiting.result(CompletableFuture.supplyAsync(question, loop));
    }

    /** Waits until nothing is under way, or nothing has moved for long enough. */
    private void settle() throws InterruptedException {
        long limitNanos = TimeUnit.SECONDS.toNanos(
                Math.min(SETTLED_AFTER_SECONDS, bench.patience().toSeconds()));
        long movedNanos = System.nanoTime();
        long moved = -1;
        while (fromLoop(() -> talks.stream().mapToInt(Talk::unsettled).sum()) > 0
                && System.nanoTime() - movedNanos < limitNanos) {
            long now = bench.meters().deliveries() + bench.meters().acked.sum();
            if (now != moved) {
                moved = now;
                movedNanos = System.nanoTime();
            }
            Rest.pause(LOOK_EVERY_MS);
        }
    }

    private void checkHeads() throws InterruptedException {
        List<Long> heads =
                bench.each("heads", talks, talk -> rest.head(talk.anybody(), talk.conversation(), talk.last()));
        for (int i = 0; i < heads.size(); i++) {
            talks.get(i).checkHead(heads.get(i));
        }
    }

    /** @param kind what the figures' names begin with, where there are those of other traffic */
    public void report(String kind, Bench.Window window) {
        bench.checked("conversations", talks.size());
        bench.checked("messages", talks.stream().mapToLong(Talk::acked).sum());
        bench.checked("deliveries", talks.stream().mapToLong(Talk::delivered).sum());
        if (!options.closed) {
            bench.figure(named(kind, "targetMessagesPerSecond"), options.messagesPerSecond);
            bench.latency(named(kind, "sentLate"), tally.lateness());
        }
        bench.figure(named(kind, "messagesPerSecond"), tally.messages() / window.seconds());
        bench.figure(named(kind, "deliveriesPerSecond"), tally.deliveries() / window.seconds());
        bench.latency(named(kind, "sendToAck"), tally.ack());
        bench.latency(named(kind, "sendToDeliver"), tally.delivery());
    }

    private static String named(String kind, String figure) {
        return kind.isEmpty() ? figure : kind + Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
    }
}
