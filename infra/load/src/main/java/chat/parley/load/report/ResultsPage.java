package chat.parley.load.report;

import chat.parley.load.metrics.Machine;
import chat.parley.load.metrics.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page about a set of runs: the targets, the curves, the machine, and every run. */
final class ResultsPage {
    private final Measurements runs;
    private final ScenarioReports reports;
    private final List<String> lines = new ArrayList<>();

    ResultsPage(Measurements runs) {
        this.runs = runs;
        this.reports = runs.reports();
    }

    /** Markdown. */
    List<String> page() {
        lines.add("# Results");
        lines.add("");
        lines.add("Written by `infra/load/benchmark.sh`, which says how everything is started; not by hand."
                + " Client and server share the machine. Every run checked that nothing was lost, doubled or out of"
                + " order.");
        machine();
        targets();
        Curve.ALL.forEach(this::curve);
        benchmarks();
        everyRun();
        return lines;
    }

    private void machine() {
        heading("The machine");
        Set<Machine> machines = new LinkedHashSet<>();
        reports.all().forEach(report -> machines.add(report.machine()));
        machines.forEach(machine -> lines.add("- " + machine.text()));
        lines.add("");
        lines.add("How long its disk takes for fdatasync after an append of 4 KB stands beside every latency; the"
                + " targets assume a p99 of 7 ms.");
    }

    private void targets() {
        heading("Targets");
        row("scenario", "must", "goal", "measured", "reached", "ejabberd here");
        row("---", "---:", "---:", "---:", "---", "---");
        for (Target target : Targets.ALL) {
            Target.Bound bound = target.bound();
            OptionalDouble figure = target.measured().apply(runs);
            boolean passed = target.reports().stream()
                    .map(reports::of)
                    .filter(Objects::nonNull)
                    .allMatch(ScenarioReport::passed);
            String measured = "not measured";
            String reached = "";
            if (figure.isPresent()) {
                measured = bound.text(figure.getAsDouble())
                        + (target.isLatency() ? disk(reports.of(target.reports().getFirst())) : "");
                reached = passed ? bound.reached(figure.getAsDouble()) : "a check failed";
            }
            row(
                    target.what(),
                    bound.text(bound.must()),
                    bound.text(bound.goal()),
                    measured,
                    reached,
                    target.elsewhere());
        }
    }

    private static String disk(@Nullable ScenarioReport report) {
        Percentiles disk = report == null ? null : report.latencyMillis().get(ScenarioReport.DISK);
        return disk == null ? "" : " (fdatasync p99 " + NumberFormat.text(disk.p99()) + " ms)";
    }

    private void curve(Curve curve) {
        NavigableMap<Long, ScenarioReport> points = curve.points(reports);
        if (points.isEmpty()) {
            return;
        }
        heading("As " + curve.grows() + " grow");
        row(curve.grows(), curve.rate().title(), curve.cost().title(), "send to deliver p50, ms", "p99, ms", "checks");
        row("---:", "---:", "---:", "---:", "---:", "---");
        points.forEach((x, report) -> {
            Percentiles delivery = report.latencyMillis().getOrDefault("sendToDeliver", Percentiles.NONE);
            row(
                    NumberFormat.text(x),
                    curve.rate().text(report),
                    curve.cost().text(report),
                    NumberFormat.text(delivery.p50()),
                    NumberFormat.text(delivery.p99()),
                    report.passed() ? "passed" : "failed");
        });
        lines.add("");
        lines.add(curve.reading());
    }

    private void benchmarks() {
        if (runs.benchmarks().isEmpty()) {
            return;
        }
        heading("Hot paths, one by one (JMH)");
        row("operation", "µs", "±", "bytes allocated");
        row("---", "---:", "---:", "---:");
        runs.benchmarks()
                .forEach((name, benchmark) -> row(
                        name,
                        NumberFormat.text(benchmark.micros()),
                        NumberFormat.text(benchmark.errorMicros()),
                        NumberFormat.text(benchmark.bytes())));
    }

    private void everyRun() {
        heading("Every run");
        row("run", "settings", "checked", "fdatasync p50, ms", "p99, ms", "client CPU, cores", "checks");
        row("---", "---", "---", "---:", "---:", "---:", "---");
        reports.byName().forEach((name, report) -> {
            Percentiles disk = report.latencyMillis().getOrDefault(ScenarioReport.DISK, Percentiles.NONE);
            row(
                    name,
                    report.scenario() + " " + report.settings(),
                    report.checked().toString(),
                    NumberFormat.text(disk.p50()),
                    NumberFormat.text(disk.p99()),
                    NumberFormat.text(report.figures().getOrDefault("clientCpuCores", 0.0)),
                    report.passed() ? "passed" : "failed");
        });
    }

    private void heading(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }
}
