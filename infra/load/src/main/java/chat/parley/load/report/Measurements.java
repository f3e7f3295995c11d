package chat.parley.load.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reports of a set of runs and the results of JMH.
 *
 * @param reports by the names of their files without {@code .json}
 */
public record Measurements(SortedMap<String, ScenarioReport> reports, SortedMap<String, JmhResult> benchmarks) {
    /** Stands for a report where a figure is the time of a benchmark. */
    public static final String JMH = "JMH";

    private static final String SUFFIX = ".json";

    /**
     * @param directory of the reports; absent if no scenario was run
     * @param jmh       the file that JMH wrote with {@code -rf json}; absent if it was not run
     */
    public static Measurements read(@Nullable Path directory, @Nullable Path jmh) throws IOException {
        SortedMap<String, ScenarioReport> reports = new TreeMap<>();
        if (directory != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    reports.put(
                            name.substring(0, name.length() - SUFFIX.length()),
                            JsonMapper.shared().readValue(Files.readAllBytes(file), ScenarioReport.class));
                }
            }
        }
        SortedMap<String, JmhResult> benchmarks = new TreeMap<>();
        if (jmh != null) {
            JsonMapper.shared()
                    .readTree(Files.readAllBytes(jmh))
                    .forEach(result -> benchmarks.put(JmhResult.name(result), JmhResult.of(result)));
        }
        return new Measurements(reports, benchmarks);
    }

    @Nullable
    ScenarioReport report(String name) {
        return reports.get(name);
    }

    /**
     * A figure of one run, such as {@code messagesPerSecond} or {@code sendToDeliver.p99} in milliseconds, or the
     * microseconds of a benchmark.
     */
    public OptionalDouble value(String report, String figure) {
        if (report.equals(JMH)) {
            JmhResult benchmark = benchmarks.get(figure);
            return benchmark == null ? OptionalDouble.empty() : OptionalDouble.of(benchmark.micros());
        }
        ScenarioReport run = report(report);
        Double value = run == null ? null : run.value(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether there is such a report and its checks found nothing; true of benchmarks. */
    public boolean passed(String report) {
        ScenarioReport run = report(report);
        return report.equals(JMH) || (run != null && run.passed());
    }
}
