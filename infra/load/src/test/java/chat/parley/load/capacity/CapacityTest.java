package chat.parley.load.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import chat.parley.load.Main;
import chat.parley.load.metrics.Machine;
import chat.parley.load.report.Figure;
import chat.parley.load.report.Reports;
import chat.parley.load.report.Runs;
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

class CapacityTest {
    private static final Instance NODE = new Instance(10, 64, 10, 8, 0.5, 1);

    @TempDir
    private Path folder;

    @Test
    void reckonsTheLoadFromThePeople() {
        Capacity capacity = new Capacity(demand(86_400), NODE, assumed());

        assertThat(capacity.value("messages per day")).isEqualTo(864_000);
        assertThat(capacity.value(Capacity.PEAK)).isEqualTo(20);
        assertThat(capacity.value("connections")).isEqualTo(86_400 * 0.5 * 2);
        // Both devices of the sender, and of each of two others with even chances.
        assertThat(capacity.value("deliveries, peak")).isEqualTo(20 * 2 * (1 + 2 * 0.5));
        assertThat(capacity.value("events, peak")).isEqualTo(30);
    }

    @Test
    void addsTheSpareNodeToEachRole() {
        Capacity capacity = new Capacity(demand(86_400), NODE, assumed());

        assertThat(capacity.value("nodes: command")).isEqualTo(2);
        assertThat(capacity.value("nodes: push")).isEqualTo(2);
    }

    @Test
    void knowsThatNoNumberOfPushNodesIsEnoughWhenForeignEventsFillEachOfThem() {
        Map<UnitCost, Figure> costs = assumed();
        costs.put(UnitCost.FOREIGN_MESSAGE_CPU, new Figure(5e6, true, "a test"));
        Capacity capacity = new Capacity(demand(86_400), NODE, costs);

        assertThat(capacity.value("nodes: push")).isInfinite();
        assertThat(capacity.walls().getFirst().what()).startsWith("the one thread of each push node");
        assertThat(page(costs)).anyMatch(line -> line.startsWith("| nodes: push |") && line.contains("no number"));
    }

    @Test
    void tellsWhatWasMeasuredFromWhatIsAssumed() throws IOException {
        report("pairs-100x4", true, 123);
        report("groups-10x100", false, 1);
        Map<UnitCost, Figure> costs = assumed();
        costs.replaceAll((cost, _) -> {
            try {
                return cost.in(Runs.read(folder, null));
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
        Runs runs = Runs.read(null, jmh);

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

    private static List<String> page(Map<UnitCost, Figure> costs) {
        return new CapacityPage(List.of(demand(86_400)), NODE, costs).lines();
    }

    private static Demand demand(double users) {
        return new Demand("some", users, 10, 2, 3, 2, 0.5, 200, 0.5, 10, 365);
    }

    private static Map<UnitCost, Figure> assumed() {
        Map<UnitCost, Figure> costs = new EnumMap<>(UnitCost.class);
        for (UnitCost cost : UnitCost.values()) {
            costs.put(cost, cost.in(new Runs(new Reports(Map.of()), new TreeMap<>())));
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
