package chat.parley.load.report;

import chat.parley.load.check.Violations;
import chat.parley.load.metrics.Machine;
import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report of a scenario, as text and as JSON.
 *
 * @param passed          whether the checks found nothing; only then are the figures valid
 * @param settings        the options that define the load
 * @param figures         by names that contain the unit
 * @param latencyMillis   in the measured window; {@code fdatasync4k} is that of the disk, before and after it
 * @param serverProcesses the number of processes of each command whose processor time is included
 * @param checked         the numbers of things that were checked, warm-up included
 */
public record ScenarioReport(
        String scenario,
        boolean passed,
        Instant at,
        Map<String, Object> settings,
        Machine machine,
        Map<String, Double> figures,
        Map<String, Percentiles> latencyMillis,
        Map<String, Integer> serverProcesses,
        Map<String, Long> checked,
        Map<String, Long> errorCodes,
        Map<String, Long> closes,
        Map<String, Violations.Violation> findings) {

    /** The name of the disk's latency. */
    public static final String DISK = "fdatasync4k";

    private static final int WIDE_FROM = 1000;

    public void write(Path file) throws IOException {
        Files.write(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsBytes(this));
    }

    /** A figure, or a percentile of a latency such as {@code sendToDeliver.p99}; absent if there is none. */
    @Nullable
    Double value(String name) {
        int dot = name.indexOf('.');
        Percentiles latency = dot < 0 ? null : latencyMillis.get(name.substring(0, dot));
        if (latency == null) {
            return figures.get(name);
        }
        return switch (name.substring(dot + 1)) {
            case "p50" -> latency.p50();
            case "p99" -> latency.p99();
            default -> throw new IllegalArgumentException("Unknown percentile in " + name);
        };
    }

    public void print(PrintStream out) {
        List<String> lines = new ArrayList<>();
        lines.add(scenario + " " + settings);
        lines.add(machine.text());
        lines.add("");
        figures.forEach((name, figure) -> lines.add(
                String.format(Locale.ROOT, "%-32s" + (figure < WIDE_FROM ? "%,16.2f" : "%,16.0f"), name, figure)));
        lines.add("");
        lines.addAll(Percentiles.table(latencyMillis));
        lines.add("");
        if (!serverProcesses.isEmpty()) {
            lines.add("Server processes: " + serverProcesses);
        }
        if (!errorCodes.isEmpty()) {
            lines.add("Errors by code: " + errorCodes);
        }
        if (!closes.isEmpty()) {
            lines.add("Connections ended: " + closes);
        }
        findings.forEach((label, finding) -> {
            lines.add(label + ": " + finding.times() + " x " + finding.meaning());
            finding.first().forEach(where -> lines.add("    " + where));
        });
        lines.add((passed ? "PASSED: nothing lost, doubled or out of order in " : "FAILED, having checked ") + checked);
        lines.forEach(out::println);
    }
}
