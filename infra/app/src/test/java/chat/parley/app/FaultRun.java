package chat.parley.app;

import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.Percentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Strikes a cluster with one fault after the other while clients talk, and measures how long no client's message was
 * acknowledged.
 */
final class FaultRun {
    private static final long SAMPLE_MILLIS = 10;
    private static final int DIGITS = 3;
    private static final int SETTLING_MILLIS = 500;

    private final NodeCluster cluster;
    private final ClientMetrics clients;
    private final Random random;
    private final Map<Fault, Integer> times = new EnumMap<>(Fault.class);

    /** Only of faults while at least two nodes served. */
    private final Map<Fault, Histogram> silences = new EnumMap<>(Fault.class);

    private long acked;
    private long ackedNanos = System.nanoTime();
    private long longestSilenceNanos;

    FaultRun(NodeCluster cluster, ClientMetrics clients, Random random) {
        this.cluster = cluster;
        this.clients = clients;
        this.random = random;
    }

    private final class RandomWait implements Fault.Wait {
        @Override
        public void exactly(int millis) {
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        }

        @Override
        public void atMost(int millis) {
            exactly(random.nextInt(millis));
        }
    }

    /** A fault that would end the last node of its kind waits for another one. */
    void strike(List<Fault> faults) {
        try (ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor()) {
            var _ = sampler.scheduleAtFixedRate(this::sample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
            RandomWait wait = new RandomWait();
            for (int i = 0; i < faults.size(); i++) {
                Fault fault = faults.get(i);
                boolean takesClients = cluster.nodes.get(random.nextInt(cluster.nodes.size())).takesClients;
                int needed = fault.takesNode() ? 2 : 1;
                while (cluster.up(takesClients).size() < needed) {
                    cluster.nodes.forEach(ClusterNode::requireNoFailure);
                    wait.exactly(100);
                }
                List<ClusterNode> alike = cluster.up(takesClients);
                boolean othersServe = cluster.up(true).size() > 1;
                startSilence();
                fault.strike(cluster, alike.get(random.nextInt(alike.size())), wait);
                wait.exactly(SETTLING_MILLIS);
                times.merge(fault, 1, Integer::sum);
                if (othersServe) {
                    silences.computeIfAbsent(fault, _ -> new Histogram(DIGITS))
                            .recordValue(TimeUnit.NANOSECONDS.toMicros(longestSilence()));
                }
                System.out.printf(
                        "fault %d of %d: %s; %d acknowledged, %d delivered, %d clients connected, closes %s%n",
                        i + 1,
                        faults.size(),
                        fault,
                        clients.sum(Counter.ACKED),
                        clients.deliveries(),
                        clients.online(),
                        clients.closes());
            }
            sampler.shutdownNow();
        }
    }

    private synchronized void sample() {
        long now = System.nanoTime();
        long sum = clients.sum(Counter.ACKED);
        longestSilenceNanos = Math.max(longestSilenceNanos, now - ackedNanos);
        if (sum != acked) {
            acked = sum;
            ackedNanos = now;
        }
    }

    private synchronized void startSilence() {
        longestSilenceNanos = 0;
    }

    private synchronized long longestSilence() {
        return longestSilenceNanos;
    }

    /**
     * A table of Markdown: how often each fault struck, and the longest time in which nobody's message was acknowledged
     * after those that struck while at least two nodes served.
     */
    List<String> table() {
        List<String> lines = new ArrayList<>(List.of(
                "| fault | times | with other nodes | longest silence: median | p99 | max |",
                "|---|---:|---:|---:|---:|---:|"));
        times.forEach((fault, count) -> {
            Percentiles silence = silences.containsKey(fault) ? Percentiles.of(silences.get(fault)) : Percentiles.NONE;
            lines.add("| %s | %d | %d | %.0f ms | %.0f ms | %.0f ms |"
                    .formatted(fault, count, silence.count(), silence.p50(), silence.p99(), silence.max()));
        });
        return lines;
    }
}
