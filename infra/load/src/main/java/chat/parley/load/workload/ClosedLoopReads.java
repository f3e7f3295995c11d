package chat.parley.load.workload;

import chat.parley.load.client.Await;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.metrics.RequestHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Readers that send one request after the other; measures the client's time and the server's own time. */
public final class ClosedLoopReads {
    private static final int DIGITS = 3;

    private final ScenarioRun run;
    private final UserAccount reader;
    private final String template;
    private final Supplier<Read> reads;
    private final Histogram micros = new ConcurrentHistogram(DIGITS);
    private final LongAdder answers = new LongAdder();
    private volatile boolean measuring;
    private volatile boolean stopped;

    /**
     * @param check  of the answer; it is not timed
     * @param micros records the client's times of this read within the window, beside those of all reads
     */
    public record Read(
            String path, Consumer<JsonNode> check, @Nullable Histogram micros) {
        public Read(String path, Consumer<JsonNode> check) {
            this(path, check, null);
        }
    }

    /** @param template the path of all reads, as the server declares it */
    public ClosedLoopReads(ScenarioRun run, UserAccount reader, String template, Supplier<Read> reads) {
        this.run = run;
        this.reader = reader;
        this.template = template;
        this.reads = reads;
    }

    public void play(int readers) throws IOException, InterruptedException {
        play(readers, "readsPerSecond", "serverCpuMicrosPerRead");
    }

    /** @param rate and {@code cpu}, the names of the two figures */
    public void play(int readers, String rate, String cpu) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                running.add(threads.submit(this::read));
            }
            RequestHistogram[] before = new RequestHistogram[1];
            try {
                ScenarioRun.Window window = run.measure(
                        _ -> {
                            before[0] = serverTimes();
                            measuring = true;
                        },
                        () -> "%,d answers".formatted(answers.sum()));
                measuring = false;
                run.figure(rate, micros.getTotalCount() / window.seconds());
                run.serverCpu(cpu, window, TimeUnit.SECONDS.toMicros(1) / (double) micros.getTotalCount());
                report(serverTimes().since(before[0]));
            } finally {
                stopped = true;
            }
            Await.all(running);
        }
        run.checked("answers", answers.sum());
    }

    private void read() {
        while (!stopped) {
            Read read = reads.get();
            String token = reader.token();
            long startedNanos = System.nanoTime();
            JsonNode answer = run.rest().get(read.path, token);
            long tookMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
            if (measuring) {
                micros.recordValue(tookMicros);
                if (read.micros != null) {
                    read.micros.recordValue(tookMicros);
                }
            }
            answers.increment();
            read.check.accept(answer);
        }
    }

    private RequestHistogram serverTimes() {
        return RequestHistogram.of(run.rest().metrics(), template);
    }

    private void report(RequestHistogram server) {
        run.latency("clientSeen", Percentiles.of(micros));
        Percentiles serverTime = server.percentiles();
        if (serverTime.count() == 0) {
            throw new RunAbortedException(
                    "The server has no histogram of its requests: start it with " + RequestHistogram.NEEDS, null);
        }
        run.latency("serverTime", serverTime);
    }
}
