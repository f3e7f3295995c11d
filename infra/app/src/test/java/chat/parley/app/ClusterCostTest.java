package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.client.ChatClient;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A measurement, not run by {@code mvn verify}: the processor time that the nodes of a cluster use for a message, and the
 * time until it is delivered. The two people of each conversation are connected to different nodes, if there are several.
 * {@code target/cluster-N.json} has the figures.
 */
@EnabledIfSystemProperty(named = "parley.cluster.rate", matches = "\\d+")
class ClusterCostTest {
    private static final int RATE = Integer.getInteger("parley.cluster.rate", 0);
    private static final int PEOPLE = 120;

    @TempDir
    private Path files;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void messagesBetweenNodes(int nodes) throws Exception {
        try (NodeCluster cluster = new NodeCluster(files, Collections.nCopies(nodes, ""))) {
            Path report = Path.of("target", "cluster-" + nodes + ".json");
            Map<String, Object> settings = Map.of("nodes", nodes, "messagesPerSecond", RATE);
            ScenarioRun.Scenario scenario = run -> talk(run, cluster);
            assertThat(ClusterLoad.play(
                            "cluster", cluster.url(), report, settings, scenario, "--warmup", "60", "--duration", "20"))
                    .isZero();
        }
    }

    private static void talk(ScenarioRun run, NodeCluster cluster) throws IOException, InterruptedException {
        List<ChatClient> clients = connect(run, cluster);
        List<List<ChatClient>> pairs = IntStream.range(0, PEOPLE / 2)
                .mapToObj(i -> clients.subList(2 * i, 2 * i + 2))
                .toList();
        MessageWorkload workload =
                new MessageWorkload(run, MessageWorkloadOptions.openLoop(RATE), ConversationMembers.pairs(run, pairs));
        workload.start();
        List<Duration> cpu = new ArrayList<>();
        List<Long> acked = new ArrayList<>();
        Runnable sample = () -> {
            cpu.add(cpuOfNodes());
            acked.add(run.metrics().sum(Counter.ACKED));
        };
        ScenarioRun.Window window = run.measure(
                duration -> {
                    workload.openWindow(duration);
                    sample.run();
                },
                workload::progress);
        sample.run();
        workload.stop();
        workload.report("", window);
        run.figure(
                "nodesCpuMicrosPerMessage",
                TimeUnit.NANOSECONDS.toMicros(
                                cpu.getLast().minus(cpu.getFirst()).toNanos())
                        / (double) (acked.getLast() - acked.getFirst()));
    }

    /** Each person to the next node in turn. */
    private static List<ChatClient> connect(ScenarioRun run, NodeCluster cluster) throws InterruptedException {
        List<UserAccount> people = run.signUp(PEOPLE);
        List<ChatClient> clients = new ArrayList<>(people.stream()
                .map(person -> new ChatClient(person, run.network()))
                .toList());
        for (int node = 0; node < cluster.nodes.size(); node++) {
            cluster.balancer.retarget(cluster.nodes.get(node).port());
            for (int i = node; i < PEOPLE; i += cluster.nodes.size()) {
                clients.get(i).connect().join();
            }
        }
        return clients;
    }

    /** The processes that this one has started; PostgreSQL's server is not one of its children. */
    private static Duration cpuOfNodes() {
        return ProcessHandle.current()
                .children()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
