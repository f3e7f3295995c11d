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
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a scenario came to, for people and as JSON.
 *
 * @param passed          nothing was found wrong: only then do the figures mean anything
 * @param settings        the options that made the load what it was
 * @param figures         by names that say the unit
 * @param latencyMillis   of the measured window; {@code fdatasync4k} is the machine's own, before and after it
 * @param serverProcesses whose processor time was accounted, how many of each
 * @param checked         what the checks looked at, warm-up included
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

    /** Under which name reports have the time of the disk. */
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
