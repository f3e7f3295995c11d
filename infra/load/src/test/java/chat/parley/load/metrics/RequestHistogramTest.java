package chat.parley.load.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestHistogramTest {
    private static final String BEFORE = metrics(10, 10, 10);

    @Test
    void countsOnlyRequestsSinceTheStart() {
        Percentiles since = times(metrics(10, 110, 120)).since(times(BEFORE)).percentiles();

        assertThat(since.count()).isEqualTo(110);
        assertThat(since.p50()).isBetween(1.0, 2.0);
        assertThat(since.p99()).isEqualTo(2.0);
    }

    @Test
    void countsOnlySuccessfulRequestsOfOnePath() {
        String others = metrics(5, 5, 5).replace("/inbox", "/inbox/x")
                + metrics(7, 7, 7).replace("status=\"200\"", "status=\"500\"");

        assertThat(times(BEFORE + others).percentiles().count()).isEqualTo(10);
    }

    @Test
    void isEmptyIfTheServerHasNoHistogram() {
        assertThat(times("http_server_requests_seconds_count{uri=\"/api/v1/inbox\"} 3")
                        .percentiles()
                        .count())
                .isZero();
    }

    private static RequestHistogram times(String metrics) {
        return RequestHistogram.of(metrics, "/api/v1/inbox");
    }

    private static String metrics(int within1, int within2, int all) {
        return """
                # HELP http_server_requests_seconds
                http_server_requests_seconds_bucket{method="GET",status="200",uri="/api/v1/inbox",le="0.001"} %d
                http_server_requests_seconds_bucket{method="GET",status="200",uri="/api/v1/inbox",le="0.002"} %d
                http_server_requests_seconds_bucket{method="GET",status="200",uri="/api/v1/inbox",le="+Inf"} %d
                http_server_requests_seconds_count{method="GET",status="200",uri="/api/v1/inbox"} %d
                """.formatted(within1, within2, all, all);
    }
}
