package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.check.Violations;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People talk in groups, each on two devices, while nodes, links and engines fail. Every device has to receive every
 * message once, in one order, with the position that was acknowledged, and no message is refused. In other groups people
 * join and leave meanwhile.
 *
 * <p>{@code parley.failover.faults} is the number of faults, {@code parley.failover.seed} chooses them, and
 * {@code parley.failover.roles} has the roles of each node, separated by semicolons: a node without roles has all.
 * {@code target/failover.md} and {@code target/failover.json} have the figures.
 */
class FailoverSuiteTest {
    private static final int FAULTS = Integer.getInteger("parley.failover.faults", 8);
    private static final long SEED = Long.getLong("parley.failover.seed", 972);
    private static final String ROLES = System.getProperty("parley.failover.roles", ";");
    private static final int GROUPS = 10;
    private static final int PEOPLE = 3;
    private static final double MESSAGES_PER_SECOND = 100;
    private static final Path PAGE = Path.of("target", "failover.md");
    private static final Path REPORT = Path.of("target", "failover.json");

    @TempDir
    private Path files;

    @Test
    void everyMessageArrivesOnceAndInOrderWhateverFails() throws Exception {
        Random random = new Random(SEED);
        System.out.println("parley.failover.seed=" + SEED);
        try (NodeCluster cluster = new NodeCluster(files, List.of(ROLES.split(";", -1)))) {
            List<Fault> faults =
                    Stream.generate(() -> Fault.random(random)).limit(FAULTS).toList();
            List<Violations> violations = new ArrayList<>();
            MembershipReplays replays = new MembershipReplays(cluster.url(), files.resolve("replayed.log"), SEED);
            Future<List<Integer>> replayed = replays.start();
            int exit = ClusterLoad.play(
                    "failover",
                    cluster.url(),
                    REPORT,
                    Map.of("seed", SEED),
                    run -> {
                        violations.add(run.violations());
                        talkAndStrike(run, cluster, faults, random);
                    },
                    "--duration",
                    "1");
            replays.stop();
            assertThat(replayed.get()).as("exit codes of the replays").containsOnly(0);
            assertThat(violations).singleElement().returns(Map.of(), Violations::byLabel);
            assertThat(exit).isZero();
        }
    }

    private static void talkAndStrike(ScenarioRun run, NodeCluster cluster, List<Fault> faults, Random random)
            throws IOException, InterruptedException {
        List<UserAccount> people = run.signUp(GROUPS * PEOPLE);
        List<ConversationMembers> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add(ClusterLoad.group(run, people.subList(i * PEOPLE, (i + 1) * PEOPLE)));
        }
        MessageWorkload workload =
                new MessageWorkload(run, MessageWorkloadOptions.openLoop(MESSAGES_PER_SECOND), groups);
        FaultRun strikes = new FaultRun(cluster, run.metrics(), random);
        workload.start();
        ScenarioRun.Window window = run.measure(() -> {
            workload.openWindow(Duration.ofDays(1));
            strikes.strike(faults);
        });
        workload.stop();
        workload.report("", window);
        write(run, strikes.table());
    }

    private static void write(ScenarioRun run, List<String> faults) throws IOException {
        List<String> lines = new ArrayList<>(faults);
        lines.addAll(List.of(
                "",
                "| | times | p50 | p99 | max |",
                "|---|---:|---:|---:|---:|",
                row(
                        "from the loss of a connection until caught up",
                        Percentiles.of(run.metrics().resumed())),
                "",
                "Messages: %,d; deliveries: %,d; connections: %,d; messages sent again: %,d."
                        .formatted(
                                run.metrics().sum(Counter.ACKED),
                                run.metrics().deliveries(),
                                run.metrics().sum(Counter.CONNECTED),
                                run.metrics().sum(Counter.RESENT)),
                "",
                "Errors: " + run.metrics().errorCodes() + "; closes: "
                        + run.metrics().closes()));
        Files.write(PAGE, lines);
    }

    private static String row(String what, Percentiles millis) {
        return "| %s | %d | %.0f ms | %.0f ms | %.0f ms |"
                .formatted(what, millis.count(), millis.p50(), millis.p99(), millis.max());
    }
}
