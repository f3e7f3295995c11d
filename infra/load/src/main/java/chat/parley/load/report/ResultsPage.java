package chat.parley.load.report;

import chat.parley.load.metrics.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The results of a set of runs: targets, scaling and benchmarks. */
final class ResultsPage {
    private static final Pattern CURVE = Pattern.compile("curve-(.+)-(\\d+)");

    private final Measurements measurements;
    private final MarkdownSection page = new MarkdownSection();

    ResultsPage(Measurements measurements) {
        this.measurements = measurements;
    }

    MarkdownSection section() throws IOException {
        runs();
        targets();
        curves();
        benchmarks();
        return page;
    }

    private void runs() {
        Collection<ScenarioReport> reports = measurements.reports().values();
        Set<Machine> machines = new LinkedHashSet<>();
        Set<String> revisions = new TreeSet<>();
        for (ScenarioReport report : reports) {
            machines.add(report.machine());
            revisions.add(String.valueOf(report.settings().get("revision")));
        }
        List<String> failed = new ArrayList<>(measurements.reports().keySet());
        failed.removeIf(measurements::passed);
        machines.forEach(machine -> page.line("- " + machine.text()));
        long deliveries = reports.stream()
                .mapToLong(report -> report.checked().getOrDefault("deliveries", 0L))
                .sum();
        page.line(String.format(
                Locale.ROOT,
                "- %d runs of revision %s, %,d deliveries checked: %s",
                reports.size(),
                String.join(", ", revisions),
                deliveries,
                failed.isEmpty() ? "every check passed" : "a check failed in " + String.join(", ", failed)));
    }

    private void targets() throws IOException {
        page.heading("Targets");
        page.row("scenario", "must", "goal", "measured", "reached");
        page.row("---", "---:", "---:", "---:", "---");
        for (Target target : Target.all()) {
            OptionalDouble value = target.measured(measurements);
            page.row(
                    target.what(),
                    target.text(target.must()),
                    target.text(target.goal()),
                    value.isEmpty() ? "not measured" : target.text(value.getAsDouble()) + disk(target),
                    value.isEmpty() ? "" : target.reached(measurements, value.getAsDouble()));
        }
    }

    /** For a latency, which depends on the disk: the latency of the disk in the same run. */
    private String disk(Target target) {
        boolean isLatency = target.figure().contains(".p");
        OptionalDouble disk = measurements.value(target.report(), ScenarioReport.DISK + ".p99");
        return isLatency && disk.isPresent() ? " (fdatasync p99 " + FigureFormat.text(disk.getAsDouble()) + " ms)" : "";
    }

    /** One table of the runs that are called {@code curve-<name>-<x>}, for each name. */
    private void curves() {
        SortedMap<String, SortedMap<Long, ScenarioReport>> curves = new TreeMap<>();
        measurements.reports().forEach((name, report) -> {
            Matcher curve = CURVE.matcher(name);
            if (curve.matches()) {
                curves.computeIfAbsent(curve.group(1), any -> new TreeMap<>())
                        .put(Long.valueOf(curve.group(2)), report);
            }
        });
        curves.forEach((name, points) -> {
            page.heading("Scaling with " + name);
            boolean ofGroups = points.values().stream()
                    .anyMatch(report -> report.scenario().equals("groups"));
            String rate = ofGroups ? "deliveriesPerSecond" : "messagesPerSecond";
            String cpu = ofGroups ? "serverCpuMicrosPerDelivery" : "serverCpuMicrosPerMessage";
            page.row(
                    name,
                    (ofGroups ? "deliveries" : "messages") + " a second",
                    "server CPU a " + (ofGroups ? "delivery" : "message") + ", µs",
                    "send to deliver p50, ms",
                    "p99, ms");
            page.row("---:", "---:", "---:", "---:", "---:");
            points.forEach((x, report) -> page.row(
                    FigureFormat.text(x),
                    text(report, rate),
                    text(report, cpu),
                    text(report, "sendToDeliver.p50"),
                    text(report, "sendToDeliver.p99")));
        });
    }

    private static String text(ScenarioReport report, String figure) {
        Double value = report.value(figure);
        return value == null ? "" : FigureFormat.text(value);
    }

    private void benchmarks() {
        if (measurements.benchmarks().isEmpty()) {
            return;
        }
        page.heading("Hot paths (JMH)");
        page.row("operation", "µs", "±", "bytes allocated");
        page.row("---", "---:", "---:", "---:");
        measurements
                .benchmarks()
                .forEach((name, benchmark) -> page.row(
                        name,
                        FigureFormat.text(benchmark.micros()),
                        FigureFormat.text(benchmark.errorMicros()),
                        FigureFormat.text(benchmark.bytes())));
    }
}
