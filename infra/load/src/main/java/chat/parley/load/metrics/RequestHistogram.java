package chat.parley.load.metrics;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long requests to one path took by the server's own clock, from its histogram {@code http.server.requests}.
 *
 * @param upTo how many took so many seconds or less
 */
public record RequestHistogram(NavigableMap<Double, Long> upTo) {
    /** What a server has to be started with. */
    public static final String NEEDS =
            "--management.metrics.distribution.percentiles-histogram.http.server.requests=true"
                    + " --management.metrics.distribution.minimum-expected-value.http.server.requests=50us";

    private static final Pattern BUCKET =
            Pattern.compile("http_server_requests_seconds_bucket\\{(.*),le=\"([^\"]+)\"} ([0-9.E]+)");
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final double WHOLE = 100;

    /**
     * @param metrics  what {@code /actuator/prometheus} answers
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

    /** Evenly between a bucket's bounds, which are at most a third apart; what is past the last bound is put there. */
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
