package chat.parley.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.load.Main;
import chat.parley.load.metrics.Machine;
import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    private static final Machine MACHINE = new Machine("Some processor", 2, 16, "Linux", "Java");

    @TempDir
    private Path folder;

    @Test
    void reportsTheResultOfEachTarget() throws IOException {
        report("pairs-100x4", true, Map.of("messagesPerSecond", 12_345.6, "serverCpuMicrosPerMessage", 150.04), 112);

        assertThat(page())
                .contains("- 2 × Some processor, 16 GiB, Linux, Java")
                .anyMatch(line -> line.contains("messages a second | 7,500 | 12,000 | 12,346 | goal |"))
                .anyMatch(line -> line.contains("| 180 µs | 100 µs | 150 µs | must |"))
                .anyMatch(line -> line.contains("| 100 ms | 40 ms | 112 ms (fdatasync p99 7.50 ms) | no |"))
                .anyMatch(line -> line.contains("10 groups × 100 members") && line.contains("| not measured |  |"));
    }

    @Test
    void reportsNoResultIfACheckFailed() throws IOException {
        report("pairs-100x4", false, Map.of("messagesPerSecond", 50_000.0), 1);

        assertThat(page()).anyMatch(line -> line.contains("| 50,000 | a check failed |"));
    }

    @Test
    void comparesOneRunWithAnother() throws IOException {
        report("pairs-1m-conversations", true, Map.of("messagesPerSecond", 4_000.0), 1);
        report("pairs-1k-conversations", true, Map.of("messagesPerSecond", 5_000.0), 1);

        assertThat(page()).anyMatch(line -> line.contains("| 70 % | 95 % | 80 % | must |"));
    }

    @Test
    void comparesARunWithSearchToOneWithout() throws IOException {
        report("pairs-search-on", true, Map.of("messagesPerSecond", 4_000.0), 1);
        report("pairs-search-off", true, Map.of("messagesPerSecond", 5_000.0), 1);

        assertThat(page()).anyMatch(line -> line.contains("| 70 % | 85 % | 80 % | must |"));
    }

    @Test
    void drawsACurveByNumber() throws IOException {
        report("curve-sessions-15000", true, Map.of("messagesPerSecond", 900.0), 1);
        report("curve-sessions-100", true, Map.of("messagesPerSecond", 1_000.0), 1);

        List<String> page = page();
        assertThat(page).contains("### Scaling with sessions");
        assertThat(page.indexOf("| 100 | 1,000 |  | 0 | 1 |"))
                .isPositive()
                .isLessThan(page.indexOf("| 15,000 | 900 |  | 0 | 1 |"));
    }

    @Test
    void namesTheRunsWhoseCheckFailed() throws IOException {
        report("groups-10x100", true, Map.of(), 1);
        report("pairs-20x1", false, Map.of(), 1);

        assertThat(page()).contains("- 2 runs of revision 4cb26ea, 0 deliveries checked: a check failed in pairs-20x1");
    }

    @Test
    void keepsTheTextAroundTheTables() throws IOException {
        Path page = folder.resolve("RESULTS.md");
        report("curve-sessions-100", true, Map.of("messagesPerSecond", 1_000.0), 1);
        Files.write(page, List.of("# Results", "<!-- generated: begin -->", "old", "<!-- generated: end -->", "Flat."));

        assertThat(page())
                .startsWith("# Results")
                .endsWith("Flat.")
                .doesNotContain("old")
                .contains("### Scaling with sessions");
        assertThat(page()).isEqualTo(page());
    }

    @Test
    void reportsTheBenchmarks() throws IOException {
        report("pairs-100x4", true, Map.of(), 1);
        Path jmh = folder.resolve("jmh");
        Files.writeString(jmh, """
                [{"benchmark": "chat.parley.push.ForeignEventBenchmark.pass",
                  "params": {"engine": "AXON_SERVER", "kind": "MESSAGE"},
                  "primaryMetric": {"score": 2.5, "scoreError": 0.25, "scoreUnit": "us/op"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 1024.0}}}]
                """);

        assertThat(page("--jmh", jmh.toString()))
                .anyMatch(line -> line.contains("| 5 µs | 1 µs | 2.50 µs | must |"))
                .contains("| ForeignEventBenchmark.pass{engine=AXON_SERVER, kind=MESSAGE} | 2.50 | 0.25 | 1,024 |");
    }

    private void report(String name, boolean passed, Map<String, Double> figures, double p99) throws IOException {
        new ScenarioReport(
                        "pairs",
                        passed,
                        Instant.EPOCH,
                        Map.of("pairs", 100, "revision", "4cb26ea"),
                        MACHINE,
                        figures,
                        Map.of(
                                "sendToDeliver", new Percentiles(1, 0, 0, p99, 0, 0),
                                "fdatasync4k", new Percentiles(1, 0, 0, 7.5, 0, 0)),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of())
                .write(folder.resolve(name + ".json"));
    }

    private List<String> page(String... options) throws IOException {
        Path page = folder.resolve("RESULTS.md");
        List<String> command = new ArrayList<>(List.of("results", folder.toString(), page.toString()));
        command.addAll(List.of(options));
        assertThat(Main.run(command.toArray(String[]::new))).isZero();
        return Files.readAllLines(page);
    }
}
