package chat.parley.load.workload;

import chat.parley.load.client.Await;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.WindowMetrics;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Messages in a set of conversations, from the first one sent to the check that all were delivered. */
public final class MessageWorkload {
    private static final long POLL_MS = 100;

    /** Every member is connected: a delivery that is missing after this much silence is lost. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final ScenarioRun run;
    private final MessageWorkloadOptions options;
    private final EventLoop loop;
    private final WindowMetrics metrics = new WindowMetrics();
    private final List<ConversationDriver> conversations;
    private final LoadModel loadModel;

    public MessageWorkload(ScenarioRun run, MessageWorkloadOptions options, List<ConversationMembers> memberships) {
        this.run = run;
        this.options = options;
        loop = run.network().nextLoop();
        SyntheticMessages messages = new SyntheticMessages(options.characters);
        conversations = IntStream.range(0, memberships.size())
                .mapToObj(i -> new ConversationDriver(i, memberships.get(i), messages, metrics, run.violations()))
                .toList();
        loadModel = options.loadModel(loop, conversations);
    }

    /** Plays a run that consists of these messages only. */
    public void play() throws IOException, InterruptedException {
        start();
        ScenarioRun.Window window = run.measure(this::openWindow, this::progress);
        stop();
        report("", window);
        double microsPerSecond = TimeUnit.SECONDS.toMicros(1);
        run.serverCpu("serverCpuMicrosPerMessage", window, microsPerSecond / metrics.messages());
        run.serverCpu("serverCpuMicrosPerDelivery", window, microsPerSecond / metrics.deliveries());
    }

    /** Fills the conversations, then starts to send. */
    public void start() throws InterruptedException {
        onLoop(() -> conversations.forEach(ConversationDriver::open));
        if (options.length > 0) {
            fill();
        }
        onLoop(loadModel::start);
    }

    /** Starts the measured window. */
    public void openWindow(Duration duration) throws InterruptedException {
        onLoop(() -> metrics.open(duration));
    }

    /** Stops sending, waits until nothing is in flight, and checks the deliveries. */
    public void stop() throws InterruptedException {
        onLoop(loadModel::stop);
        settle();
        onLoop(() -> conversations.forEach(ConversationDriver::check));
        checkHeads();
    }

    public String progress() {
        return "%,d acked, %,d delivered"
                .formatted(run.metrics().sum(Counter.ACKED), run.metrics().sum(Counter.LIVE_DELIVERIES));
    }

    private void fill() throws InterruptedException {
        long before = run.metrics().sum(Counter.ACKED);
        try (ProgressBar _ = run.progress(
                "filling",
                (long) options.length * conversations.size(),
                () -> run.metrics().sum(Counter.ACKED) - before)) {
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

    /** Waits until nothing is in flight, or until nothing was acknowledged or delivered for some time. */
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
            long now = run.metrics().deliveries() + run.metrics().sum(Counter.ACKED);
            if (now != moved) {
                moved = now;
                movedNanos = System.nanoTime();
            }
            Await.pause(POLL_MS);
        }
    }

    private void checkHeads() throws InterruptedException {
        List<Long> heads = run.inParallel(
                "heads",
                conversations,
                conversation -> run.conversations()
                        .head(conversation.reader(), conversation.conversation(), conversation.lastPosition()));
        for (int i = 0; i < heads.size(); i++) {
            conversations.get(i).checkHead(heads.get(i));
        }
    }

    /** @param prefix of the figures' names, where a run has several workloads */
    public void report(String prefix, ScenarioRun.Window window) {
        run.checked("conversations", conversations.size());
        run.checked(
                "messages",
                conversations.stream().mapToLong(ConversationDriver::acked).sum());
        run.checked(
                "deliveries",
                conversations.stream().mapToLong(ConversationDriver::delivered).sum());
        if (!options.closed) {
            run.figure(named(prefix, "targetMessagesPerSecond"), options.messagesPerSecond);
            run.latency(named(prefix, "sentLate"), metrics.lateness());
        }
        run.figure(named(prefix, "messagesPerSecond"), metrics.messages() / window.seconds());
        run.figure(named(prefix, "deliveriesPerSecond"), metrics.deliveries() / window.seconds());
        run.latency(named(prefix, "sendToAck"), metrics.ack());
        run.latency(named(prefix, "sendToDeliver"), metrics.delivery());
    }

    private static String named(String prefix, String figure) {
        return prefix.isEmpty() ? figure : prefix + Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
    }
}
