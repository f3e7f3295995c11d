package chat.parley.load.report;

import chat.parley.load.metrics.Percentiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The reports of a set of runs, by the names of their files without {@code .json}. */
public record ScenarioReports(Map<String, ScenarioReport> byName) {
    private static final String SUFFIX = ".json";

    static ScenarioReports read(Path directory) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        Map<String, ScenarioReport> byName = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(file -> {
                String name = file.getFileName().toString();
                try {
                    byName.put(
                            name.substring(0, name.length() - SUFFIX.length()),
                            json.readValue(Files.readAllBytes(file), ScenarioReport.class));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return new ScenarioReports(byName);
    }

    Collection<ScenarioReport> all() {
        return byName.values();
    }

    @Nullable
    ScenarioReport of(String name) {
        return byName.get(name);
    }

    OptionalDouble figure(String report, String figure) {
        ScenarioReport here = of(report);
        Double value = here == null ? null : here.figures().get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    OptionalDouble millis(String report, String latency, ToDoubleFunction<Percentiles> percentile) {
        ScenarioReport here = of(report);
        Percentiles percentiles = here == null ? null : here.latencyMillis().get(latency);
        return percentiles == null ? OptionalDouble.empty() : OptionalDouble.of(percentile.applyAsDouble(percentiles));
    }
}
