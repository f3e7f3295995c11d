package chat.parley.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What has been measured: by scenarios, of which one that failed has measured nothing, and by JMH. */
public record Measurements(ScenarioReports reports, SortedMap<String, JmhResult> benchmarks) {
    public static final String FOREIGN_MESSAGE = "ForeignEventBenchmark.pass{engine=AXON_SERVER, kind=MESSAGE}";

    private static final double MICROS_PER_PERCENT_OF_A_SECOND = 1e4;

    /**
     * @param reports absent where no scenario was run
     * @param jmh     what JMH wrote with {@code -rf json}; absent where it was not run
     */
    public static Measurements read(@Nullable Path reports, @Nullable Path jmh) throws IOException {
        return new Measurements(
                reports == null ? new ScenarioReports(Map.of()) : ScenarioReports.read(reports),
                jmh == null ? new TreeMap<>() : benchmarks(JsonMapper.shared().readTree(Files.readAllBytes(jmh))));
    }

    private static SortedMap<String, JmhResult> benchmarks(JsonNode results) {
        SortedMap<String, JmhResult> benchmarks = new TreeMap<>();
        for (JsonNode result : results) {
            JsonNode metric = result.path("primaryMetric");
            String unit = metric.path("scoreUnit").asString();
            if (!unit.equals("us/op")) {
                throw new IllegalArgumentException("Benchmarks are told in us/op, not in " + unit);
            }
            benchmarks.put(
                    nameOf(result),
                    new JmhResult(
                            metric.path("score").asDouble(),
                            metric.path("scoreError").asDouble(),
                            result.path("secondaryMetrics")
                                    .path("gc.alloc.rate.norm")
                                    .path("score")
                                    .asDouble()));
        }
        return benchmarks;
    }

    /** Class and method, and the parameters where there are some. */
    private static String nameOf(JsonNode result) {
        String qualified = result.path("benchmark").asString();
        String method = qualified.substring(qualified.lastIndexOf('.', qualified.lastIndexOf('.') - 1) + 1);
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").forEachEntry((name, value) -> parameters.put(name, value.asString()));
        return parameters.isEmpty() ? method : method + parameters;
    }

    /** For a cost that no run measures yet. */
    public Optional<SourcedValue> none() {
        return Optional.empty();
    }

    /** A figure of one run. */
    public Optional<SourcedValue> figure(String report, String figure) {
        return Optional.ofNullable(reports.of(report))
                .filter(ScenarioReport::passed)
                .flatMap(run -> Optional.ofNullable(run.figures().get(figure))
                        .map(value -> new SourcedValue(value, true, report + " of " + run.at())));
    }

    /** Microseconds of a core that one silent session takes in a second. */
    public Optional<SourcedValue> silentSession(String report, int sessions) {
        return figure(report, "serverCpuPercentOfACore")
                .map(percent -> percent.times(MICROS_PER_PERCENT_OF_A_SECOND / sessions));
    }

    /** These benchmarks' microseconds together; none where one of them is missing. */
    public Optional<SourcedValue> sum(String... names) {
        return Stream.of(names)
                .map(name -> Optional.ofNullable(benchmarks.get(name))
                        .map(benchmark -> new SourcedValue(benchmark.micros(), true, "JMH " + name)))
                .reduce((one, other) -> one.flatMap(first -> other.map(first::plus)))
                .orElseThrow();
    }
}
