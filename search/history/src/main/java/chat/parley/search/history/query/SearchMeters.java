package chat.parley.search.history.query;

import chat.parley.api.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** Metrics of search durations and outcomes. */
final class SearchMeters {
    private static final String ANSWERED = "answered";
    private static final String FAILED = "failed";

    private final MeterRegistry meters;

    SearchMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param kind {@code member} or {@code analyst} */
    <T> T measure(String kind, Supplier<T> search) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = FAILED;
        try {
            T answer = search.get();
            outcome = ANSWERED;
            return answer;
        } catch (Refused refused) {
            outcome = refused.refusal().code();
            throw refused;
        } finally {
            sample.stop(Timer.builder("parley.search.requests")
                    .description("Searches, by kind of user and outcome")
                    .tag("kind", kind)
                    .tag("outcome", outcome)
                    .publishPercentileHistogram()
                    .register(meters));
        }
    }
}
