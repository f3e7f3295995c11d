package chat.parley.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.parley.load.Main;
import chat.parley.load.metrics.Machine;
import chat.parley.load.report.Measurements;
import chat.parley.load.report.ScenarioReport;
import chat.parley.load.report.ScenarioReports;
import chat.parley.load.report.SourcedValue;
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

class CapacityPlanTest {
    private static final NodeSize NODE = new NodeSize(10, 64, 10, 8, 0.5, 1);

    @TempDir
    private Path folder;

    @Test
    void reckonsTheLoadFromThePeople() {
        CapacityPlan capacity = new CapacityPlan(demand(86_400), NODE, assumed());

        assertThat(capacity.value("messages per day")).isEqualTo(864_000);
        assertThat(capacity.value(CapacityPlan.PEAK)).isEqualTo(20);
        assertThat(capacity.value("connections")).isEqualTo(86_400 * 0.5 * 2);
        // Both devices of the sender, and of each of two others with even chances.
        assertThat(capacity.value("deliveries, peak")).isEqualTo(20 * 2 * (1 + 2 * 0.5));
        assertThat(capacity.value("events, peak")).isEqualTo(30);
    }

    @Test
    void addsTheSpareNodeToEachRole() {
        CapacityPlan capacity = new CapacityPlan(demand(86_400), NODE, assumed());

        assertThat(capacity.value("nodes: command")).isEqualTo(2);
        assertThat(capacity.value("nodes: push")).isEqualTo(2);
    }

    @Test
    void knowsThatNoNumberOfPushNodesIsEnoughWhenForeignEventsFillEachOfThem() {
        Map<UnitCost, SourcedValue> costs = assumed();
        costs.put(UnitCost.FOREIGN_MESSAGE_CPU, new SourcedValue(5e6, true, "a test"));
        CapacityPlan capacity = new CapacityPlan(demand(86_400), NODE, costs);

        assertThat(capacity.value("nodes: push")).isInfinite();
        assertThat(capacity.walls().getFirst().what()).startsWith("the one thread of each push node");
        assertThat(page(costs)).anyMatch(line -> line.startsWith("| nodes: push |") && line.contains("no number"));
    }

    @Test
    void tellsWhatWasMeasuredFromWhatIsAssumed() throws IOException {
        report("pairs-100x4", true, 123);
        report("groups-10x100", false, 1);
        Map<UnitCost, SourcedValue> costs = assumed();
        costs.replaceAll((cost, _) -> {
            try {
                return cost.in(Measurements.read(folder, null));
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        });

        assertThat(page(costs))
                .anyMatch(line -> line.startsWith("| CPU of a message between two")
                        && line.contains("| 123 µs | measured | pairs-100x4 of "))
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
        // One of its three parts is not enough, and none is none.
        assertThat(UnitCost.COMMAND_CPU.in(runs).measured()).isFalse();
    }

    @Test
    void writesThePageOfTheTwoKnownDemands() throws IOException {
        Path page = folder.resolve("CAPACITY.md");

        assertThat(Main.run("capacity", "--page", page.toString())).isZero();
        assertThat(Files.readAllLines(page))
                .contains("## What stands in the way: 50 million daily users")
                .contains("## What stands in the way: 60 billion messages a day")
                .noneMatch(line -> line.contains("| measured |"));
    }

    private static List<String> page(Map<UnitCost, SourcedValue> costs) {
        return new CapacityPage(List.of(demand(86_400)), NODE, costs).lines();
    }

    private static UsageProfile demand(double users) {
        return new UsageProfile("some", users, 10, 2, 3, 2, 0.5, 200, 0.5, 10, 365);
    }

    private static Map<UnitCost, SourcedValue> assumed() {
        Map<UnitCost, SourcedValue> costs = new EnumMap<>(UnitCost.class);
        for (UnitCost cost : UnitCost.values()) {
            costs.put(cost, cost.in(new Measurements(new ScenarioReports(Map.of()), new TreeMap<>())));
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
