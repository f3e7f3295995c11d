package chat.parley.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.parley.load.Main;
import chat.parley.load.metrics.Machine;
import chat.parley.load.report.Measurements;
import chat.parley.load.report.ScenarioReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CapacityPlanTest {
    private static final UsageProfile USAGE = CommandLine.populateCommand(
            new UsageProfile(),
            "--messages=10",
            "--peak-factor=2",
            "--members=3",
            "--devices=2",
            "--online-share=0.5",
            "--text-bytes=200",
            "--read-marks=0.5",
            "--reads=10",
            "--retention-days=365");
    private static final NodeSize NODE = CommandLine.populateCommand(
            new NodeSize(),
            "--cores=10",
            "--memory-gib=64",
            "--gigabits=10",
            "--disk-tib=8",
            "--usable=0.5",
            "--spare=1");

    @TempDir
    private Path folder;

    @Test
    void calculatesTheLoadOfTheUsers() {
        CapacityPlan capacity = new CapacityPlan(86_400, USAGE, NODE, assumed());

        assertThat(capacity.value("messages per day")).isEqualTo(864_000);
        assertThat(capacity.value(CapacityPlan.PEAK)).isEqualTo(20);
        assertThat(capacity.value("connections")).isEqualTo(86_400 * 0.5 * 2);
        // Both devices of the sender, and of each of two others with even chances.
        assertThat(capacity.value("deliveries, peak")).isEqualTo(20 * 2 * (1 + 2 * 0.5));
        assertThat(capacity.value("events, peak")).isEqualTo(30);
    }

    @Test
    void countsTheEventStoresByTheirAppends() {
        Map<UnitCost, UnitCost.Cost> costs = new EnumMap<>(assumed());
        costs.put(UnitCost.STORE_APPENDS, new UnitCost.Cost(1_000, true, "measured"));
        costs.put(UnitCost.CONTEXT_APPENDS, new UnitCost.Cost(2_000, true, "measured"));
        CapacityPlan capacity = new CapacityPlan(86_400 * 100, USAGE, NODE, costs);

        assertThat(capacity.value("events, peak")).isEqualTo(3_000);
        assertThat(capacity.value("PostgreSQL servers for events")).isEqualTo(3);
        assertThat(capacity.value("Axon Server contexts")).isEqualTo(2);
    }

    @Test
    void addsTheSpareNodeToEachRole() {
        CapacityPlan capacity = new CapacityPlan(86_400, USAGE, NODE, assumed());

        assertThat(capacity.value("nodes: command")).isEqualTo(2);
        assertThat(capacity.value("nodes: push")).isEqualTo(2);
    }

    @Test
    void reportsThatForeignEventsExceedTheCapacityOfEachPushNode() {
        Map<UnitCost, UnitCost.Cost> costs = assumed();
        costs.put(UnitCost.FOREIGN_MESSAGE_CPU, new UnitCost.Cost(5e6, true, "a test"));
        CapacityPlan capacity = new CapacityPlan(86_400, USAGE, NODE, costs);

        assertThat(capacity.value("nodes: push")).isInfinite();
        assertThat(capacity.limits().getFirst().name()).isEqualTo("fan-out thread of each push node");
        assertThat(page(costs)).anyMatch(line -> line.startsWith("| nodes: push |") && line.contains("no number"));
    }

    @Test
    void distinguishesMeasurementsFromAssumptions() throws IOException {
        report("pairs-100x4", true, 123);
        report("groups-10x100", false, 1);
        Map<UnitCost, UnitCost.Cost> costs = assumed();
        costs.replaceAll((cost, _) -> {
            try {
                return cost.in(Measurements.read(folder, null));
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        });

        assertThat(page(costs))
                .anyMatch(line -> line.startsWith("| CPU of a message between two users")
                        && line.contains("| 123 µs | measured | pairs-100x4: serverCpuMicrosPerMessage |"))
                .anyMatch(line -> line.startsWith("| CPU of a delivery") && line.contains("| 15 µs | **assumed** |"));
    }

    @Test
    void readsBenchmarksWithTheirParameters() throws IOException {
        Path jmh = folder.resolve("jmh");
        Files.writeString(jmh, """
                [{"benchmark": "chat.parley.push.ForeignEventBenchmark.pass",
                  "params": {"kind": "MESSAGE", "engine": "AXON_SERVER"},
                  "primaryMetric": {"score": 1.5, "scoreUnit": "us/op"}}]""");
        Measurements runs = Measurements.read(null, jmh);

        assertThat(UnitCost.FOREIGN_MESSAGE_CPU.in(runs).value()).isEqualTo(1.5, within(1e-9));
        assertThat(UnitCost.FOREIGN_MESSAGE_CPU.in(runs).measured()).isTrue();
        // It is the sum of three benchmarks, which are missing.
        assertThat(UnitCost.COMMAND_CPU.in(runs).measured()).isFalse();
    }

    @Test
    void writesAPageOfTwoNumbersOfUsers() throws IOException {
        Path page = folder.resolve("CAPACITY.md");

        assertThat(Main.run("capacity", "--page", page.toString())).isZero();
        assertThat(Files.readAllLines(page))
                .anyMatch(line -> line.startsWith("| 50,000,000 | appends to one PostgreSQL, at least |"))
                .anyMatch(line -> line.startsWith("| 1,500,000,000 | appends to one PostgreSQL, at least |"))
                .contains("| messages per user and day | 40 |")
                .noneMatch(line -> line.contains("| measured |"));
    }

    private static List<String> page(Map<UnitCost, UnitCost.Cost> costs) {
        return new CapacityPage(new double[] {86_400}, USAGE, NODE, costs)
                .section()
                .lines();
    }

    private static Map<UnitCost, UnitCost.Cost> assumed() {
        Map<UnitCost, UnitCost.Cost> costs = new EnumMap<>(UnitCost.class);
        for (UnitCost cost : UnitCost.values()) {
            costs.put(cost, cost.in(new Measurements(new TreeMap<>(), new TreeMap<>())));
        }
        return costs;
    }

    private void report(String name, boolean passed, double micros) throws IOException {
        new ScenarioReport(
                        name,
                        passed,
                        Instant.EPOCH,
                        Map.of(),
                        new Machine("Some processor", 2, 16, "Linux", "Java"),
                        Map.of("serverCpuMicrosPerMessage", micros, "serverCpuMicrosPerDelivery", micros),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of())
                .write(folder.resolve(name + ".json"));
    }
}
