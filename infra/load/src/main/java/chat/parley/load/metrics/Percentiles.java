package chat.parley.load.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;

/** A latency distribution, in milliseconds. */
public record Percentiles(long count, double p50, double p90, double p99, double p999, double max) {
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);

    private static final double MICROS_PER_MILLI = TimeUnit.MILLISECONDS.toMicros(1);

    public static Percentiles of(AbstractHistogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(90) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI);
    }

    /** A text table, heading first. */
    public static List<String> table(Map<String, Percentiles> byName) {
        List<String> lines = new ArrayList<>();
        lines.add(("%-26s" + "%12s".repeat(6)).formatted("milliseconds", "count", "p50", "p90", "p99", "p99.9", "max"));
        byName.forEach((name, p) -> lines.add(String.format(
                Locale.ROOT,
                "%-26s%,12d%12.2f%12.2f%12.2f%12.2f%12.2f",
                name,
                p.count,
                p.p50,
                p.p90,
                p.p99,
                p.p999,
                p.max)));
        return lines;
    }
}
