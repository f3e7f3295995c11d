package chat.parley.load.metrics;

import java.util.stream.DoubleStream;

/** The text format in which a server exposes its metrics. */
public final class PrometheusText {
    private PrometheusText() {}

    /** The values of one metric, of all label sets. */
    public static DoubleStream samples(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
