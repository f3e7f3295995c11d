package chat.parley.load.workload;

import chat.parley.load.client.Await;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.RestClient;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.WindowMetrics;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Messages in some conversations, from the first to the proof that all of them arrived. */
public final class MessageWorkload {
    private static final long LOOK_EVERY_MS = 100;

    /** Deliveries that have not come after this much silence will not come: everybody is connected. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final ScenarioRun run;
    private final MessageWorkloadOptions options;
    private final EventLoop loop;
    private final ConversationApi rest;
    private final WindowMetrics metrics = new WindowMetrics();
    private final List<ConversationDriver> conversations;
    private final LoadModel loadModel;

    public MessageWorkload(ScenarioRun run, MessageWorkloadOptions options, List<ConversationMembers> memberships) {
        this.run = run;
        this.options = options;
        loop = run.network().nextLoop();
        rest = new ConversationApi(run.rest(), run.patience());
        SyntheticMessages script = new SyntheticMessages(options.characters);
        conversations = IntStream.range(0, memberships.size())
                .mapToObj(i -> new ConversationDriver(i, memberships.get(i), script, metrics, run.violations()))
                .toList();
        loadModel = options.loadModel(loop, conversations);
    }

    /** Measures these messages and nothing else. */
    public void play() throws IOException, InterruptedException {
        start();
        ScenarioRun.Window window = run.measure(this::opens, this::progress);
        stop();
        report("", window);
        Double serverCpuSeconds = window.serverCpuSeconds();
        if (serverCpuSeconds != null) {
            double micros = serverCpuSeconds * TimeUnit.SECONDS.toMicros(1);
            run.figure("serverCpuMicrosPerMessage", micros / metrics.messages());
            run.figure("serverCpuMicrosPerDelivery", micros / metrics.deliveries());
        }
    }

    /** Fills the conversations, and begins. */
    public void start() throws InterruptedException {
        onLoop(() -> conversations.forEach(ConversationDriver::open));
        if (options.length > 0) {
            fill();
        }
        onLoop(loadModel::start);
    }

    /** The measured window begins. */
    public void opens(Duration duration) throws InterruptedException {
        onLoop(() -> metrics.open(duration));
    }

    /** Ends, and checks what came of it. */
    public void stop() throws InterruptedException {
        onLoop(loadModel::stop);
        settle();
        onLoop(() -> conversations.forEach(ConversationDriver::check));
        checkHeads();
    }

    public String progress() {
        return "%,d acked, %,d delivered"
                .formatted(
                        run.metrics().acked.sum(), run.metrics().liveDeliveries.sum());
    }

    private void fill() throws InterruptedException {
        long before = run.metrics().acked.sum();
        try (ProgressBar _ = run.progress(
                "filling",
                (long) options.length * conversations.size(),
                () -> run.metrics().acked.sum() - before)) {
            onLoop(options.filling(conversations)::start);
            settle();
        }
    }

    private void onLoop(Runnable task) throws InterruptedException {
        Await.result(CompletableFuture.runAsync(task, loop));
    }

    private <T> T fromLoop(Supplier<T> question) throws InterruptedException {
        return Await.result(CompletableFuture.supplyAsync(question, loop));
    }

    /** Waits until nothing is under way, or nothing has moved for long enough. */
    private void settle() throws InterruptedException {
        long limitNanos = TimeUnit.SECONDS.toNanos(
                Math.min(SETTLED_AFTER_SECONDS, run.patience().toSeconds()));
        long movedNanos = System.nanoTime();
        long moved = -1;
        while (fromLoop(() -> conversations.stream()
                                .mapToInt(ConversationDriver::unsettled)
                                .sum())
                        > 0
                && System.nanoTime() - movedNanos < limitNanos) {
            long now = run.metrics().deliveries() + run.metrics().acked.sum();
            if (now != moved) {
                moved = now;
                movedNanos = System.nanoTime();
            }
            RestClient.pause(LOOK_EVERY_MS);
        }
    }

    private void checkHeads() throws InterruptedException {
        List<Long> heads = run.each(
                "heads",
                conversations,
                conversation -> rest.head(conversation.anybody(), conversation.conversation(), conversation.last()));
        for (int i = 0; i < heads.size(); i++) {
            conversations.get(i).checkHead(heads.get(i));
        }
    }

    /** @param kind what the figures' names begin with, where there are those of other traffic */
    public void report(String kind, ScenarioRun.Window window) {
        run.checked("conversations", conversations.size());
        run.checked(
                "messages",
                conversations.stream().mapToLong(ConversationDriver::acked).sum());
        run.checked(
                "deliveries",
                conversations.stream().mapToLong(ConversationDriver::delivered).sum());
        if (!options.closed) {
            run.figure(named(kind, "targetMessagesPerSecond"), options.messagesPerSecond);
            run.latency(named(kind, "sentLate"), metrics.lateness());
        }
        run.figure(named(kind, "messagesPerSecond"), metrics.messages() / window.seconds());
        run.figure(named(kind, "deliveriesPerSecond"), metrics.deliveries() / window.seconds());
        run.latency(named(kind, "sendToAck"), metrics.ack());
        run.latency(named(kind, "sendToDeliver"), metrics.delivery());
    }

    private static String named(String kind, String figure) {
        return kind.isEmpty() ? figure : kind + Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
    }
}
