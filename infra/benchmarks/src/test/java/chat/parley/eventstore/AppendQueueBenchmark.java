package chat.parley.eventstore;

import chat.parley.benchmarks.Samples;
import chat.parley.benchmarks.VirtualThreads;
import chat.parley.eventstore.postgres.AppendQueue;
import chat.parley.eventstore.postgres.PendingAppend;
import chat.parley.eventstore.postgres.PendingEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One append from the caller to the writer and its answer back, with a writer that stores nothing. */
@State(Scope.Benchmark)
@Fork(jvmArgsAppend = {VirtualThreads.ONE_CARRIER, VirtualThreads.NO_SECOND_CARRIER})
public class AppendQueueBenchmark {
    private static final int CALLERS = 64;
    private static final int MAX_APPENDS = 10_000;
    private static final int MAX_BATCH_APPENDS = 512;
    private static final long MAX_BYTES = 64 << 20;

    private final Vault vault = new Vault();
    private final List<PendingEvent> events = List.of(PendingEvent.of(
            StoredMessages.of(Samples.message(Samples.conversation(0), 1, vault.protection(), vault.hashes()), 1),
            StoredMessages.SERIALIZER));
    private final AppendQueue queue = new AppendQueue(MAX_APPENDS, MAX_BYTES);
    private final Thread writer = Thread.ofPlatform().unstarted(this::answer);

    @Setup
    public void start() {
        writer.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
        queue.close();
        writer.join();
    }

    private void answer() {
        try {
            while (!queue.isDrained()) {
                queue.take(Duration.ofSeconds(1), MAX_BATCH_APPENDS, MAX_BYTES).forEach(PendingAppend::stored);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLERS)
    public void handOver() throws InterruptedException {
        VirtualThreads.run(CALLERS, _ -> append());
    }

    private void append() {
        PendingAppend append = new PendingAppend(events);
        if (queue.offer(append) != AppendQueue.Offer.TAKEN) {
            throw new IllegalStateException("The queue took no append");
        }
        try {
            append.await();
        } catch (SQLException rejected) {
            throw new IllegalStateException(rejected);
        }
    }
}
