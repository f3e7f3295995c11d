package chat.parley.load.metrics;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's own times of the requests to one path, from its histogram {@code http.server.requests}.
 *
 * @param upTo the number of requests by the upper bound of their seconds
 */
public record RequestHistogram(NavigableMap<Double, Long> upTo) {
    /** The options that a server needs for this. */
    public static final String NEEDS =
            "--management.metrics.distribution.percentiles-histogram.http.server.requests=true"
                    + " --management.metrics.distribution.minimum-expected-value.http.server.requests=50us";

    private static final Pattern BUCKET =
            Pattern.compile("http_server_requests_seconds_bucket\\{(.*),le=\"([^\"]+)\"} ([0-9.E]+)");
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final double WHOLE = 100;

    /**
     * @param metrics  the answer of {@code /actuator/prometheus}
     * @param template the path as the server declares it, such as <code>/api/v1/users/{id}</code>
     */
    public static RequestHistogram of(String metrics, String template) {
        NavigableMap<Double, Long> upTo = new TreeMap<>();
        String uri = "uri=\"" + template + "\"";
        metrics.lines().map(BUCKET::matcher).filter(Matcher::matches).forEach(bucket -> {
            if (bucket.group(1).contains(uri) && bucket.group(1).contains("status=\"200\"")) {
                double seconds =
                        bucket.group(2).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(2));
                upTo.merge(seconds, (long) Double.parseDouble(bucket.group(3)), Long::sum);
            }
        });
        return new RequestHistogram(upTo);
    }

    public RequestHistogram since(RequestHistogram before) {
        NavigableMap<Double, Long> later = new TreeMap<>();
        upTo.forEach((seconds, count) -> later.put(seconds, count - before.upTo.getOrDefault(seconds, 0L)));
        return new RequestHistogram(later);
    }

    private long count() {
        return upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
    }

    /** Interpolates linearly within a bucket; the bounds of a bucket differ by a third at most. */
    public Percentiles percentiles() {
        return new Percentiles(count(), millis(50), millis(90), millis(99), millis(99.9), millis(WHOLE));
    }

    private double millis(double percentile) {
        double wanted = Math.max(1, count() * percentile / WHOLE);
        double lower = 0;
        long below = 0;
        for (var bucket : upTo.entrySet()) {
            double upper = bucket.getKey();
            long count = bucket.getValue();
            if (count >= wanted) {
                double share = Double.isInfinite(upper) ? 0 : (upper - lower) * (wanted - below) / (count - below);
                return (lower + share) * MILLIS_PER_SECOND;
            }
            lower = upper;
            below = count;
        }
        return 0;
    }
}
