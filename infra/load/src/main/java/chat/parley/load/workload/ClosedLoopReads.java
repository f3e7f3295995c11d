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
import tools.jackson.databind.JsonNode;

/** Readers who ask one thing after the other: how long they wait, and how long the server says that it took. */
public final class ClosedLoopReads {
    private static final int DIGITS = 3;

    private final ScenarioRun run;
    private final UserAccount reader;
    private final String template;
    private final Supplier<Question> questions;
    private final Histogram micros = new ConcurrentHistogram(DIGITS);
    private final LongAdder asked = new LongAdder();
    private volatile boolean measured;
    private volatile boolean over;

    /** @param check of the answer; it is not timed */
    public record Question(String path, Consumer<JsonNode> check) {}

    /** @param template the path of all questions, as the server declares it */
    public ClosedLoopReads(ScenarioRun run, UserAccount reader, String template, Supplier<Question> questions) {
        this.run = run;
        this.reader = reader;
        this.template = template;
        this.questions = questions;
    }

    public void play(int readers) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(threads.submit(this::read));
            }
            RequestHistogram[] before = new RequestHistogram[1];
            try {
                ScenarioRun.Window window = run.measure(
                        _ -> {
                            before[0] = serverTimes();
                            measured = true;
                        },
                        () -> "%,d answers".formatted(asked.sum()));
                measured = false;
                report(window, serverTimes().since(before[0]));
            } finally {
                over = true;
            }
            for (Future<?> one : reading) {
                Object ignored = Await.result(one);
            }
        }
        run.checked("answers", asked.sum());
    }

    private void read() {
        while (!over) {
            Question question = questions.get();
            String token = reader.token();
            long began = System.nanoTime();
            JsonNode answer = run.rest().get(question.path, token);
            long took = System.nanoTime() - began;
            if (measured) {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(took));
            }
            asked.increment();
            question.check.accept(answer);
        }
    }

    private RequestHistogram serverTimes() {
        return RequestHistogram.of(run.rest().metrics(), template);
    }

    private void report(ScenarioRun.Window window, RequestHistogram server) {
        long reads = micros.getTotalCount();
        run.figure("readsPerSecond", reads / window.seconds());
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            run.figure("serverCpuMicrosPerRead", cpuSeconds * TimeUnit.SECONDS.toMicros(1) / reads);
        }
        run.latency("clientSeen", Percentiles.of(micros));
        Percentiles serverTime = server.percentiles();
        if (serverTime.count() == 0) {
            throw new RunAbortedException(
                    "The server does not tell its own times: start it with " + RequestHistogram.NEEDS, null);
        }
        run.latency("serverTime", serverTime);
    }
}
