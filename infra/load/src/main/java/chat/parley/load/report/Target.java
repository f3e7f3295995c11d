package chat.parley.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A figure that the server has to reach, and the goal beyond it. More is better if the goal is more.
 *
 * @param what      the figure and its load, in words
 * @param report    the run that it is taken from, or {@value Measurements#JMH}
 * @param figure    as in {@link Measurements#value}
 * @param percentOf another run: the target is for the share of its figure
 * @param unit      follows the figure, with its space
 */
record Target(
        String what, String report, String figure, @Nullable String percentOf, double must, double goal, String unit) {
    private static final double PERCENT = 100;

    static List<Target> all() throws IOException {
        try (InputStream json = Objects.requireNonNull(Target.class.getResourceAsStream("targets.json"))) {
            return List.of(JsonMapper.shared().readValue(json, Target[].class));
        }
    }

    OptionalDouble measured(Measurements measurements) {
        OptionalDouble value = measurements.value(report, figure);
        if (percentOf == null || value.isEmpty()) {
            return value;
        }
        OptionalDouble whole = measurements.value(percentOf, figure);
        return whole.isEmpty() ? whole : OptionalDouble.of(PERCENT * value.getAsDouble() / whole.getAsDouble());
    }

    /** Reads as "goal", "must" or "no", or as a failed check, which makes the figure void. */
    String reached(Measurements measurements, double value) {
        if (!measurements.passed(report) || (percentOf != null && !measurements.passed(percentOf))) {
            return "a check failed";
        }
        return reaches(value, goal) ? "goal" : reaches(value, must) ? "must" : "no";
    }

    private boolean reaches(double value, double bound) {
        return goal > must ? value >= bound : value <= bound;
    }

    String text(double value) {
        return FigureFormat.text(value) + unit;
    }
}
