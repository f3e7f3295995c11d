package chat.parley.load.report;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The result of one benchmark.
 *
 * @param errorMicros half of the 99.9 % confidence interval
 * @param bytes       allocated by one operation
 */
record JmhResult(double micros, double errorMicros, double bytes) {
    static JmhResult of(JsonNode result) {
        JsonNode metric = result.path("primaryMetric");
        String unit = metric.path("scoreUnit").asString();
        if (!unit.equals("us/op")) {
            throw new IllegalArgumentException("Benchmarks have to be in us/op, not in " + unit);
        }
        return new JmhResult(
                metric.path("score").asDouble(),
                metric.path("scoreError").asDouble(),
                result.at("/secondaryMetrics/gc.alloc.rate.norm/score").asDouble());
    }

    /** Class, method and parameters. */
    static String name(JsonNode result) {
        String qualified = result.path("benchmark").asString();
        String method = qualified.substring(qualified.lastIndexOf('.', qualified.lastIndexOf('.') - 1) + 1);
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").forEachEntry((name, value) -> parameters.put(name, value.asString()));
        return parameters.isEmpty() ? method : method + parameters;
    }
}
