package chat.parley.search.history.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.DoubleSupplier;

/** Metrics of indexed documents and of the index's lag. */
public final class IndexMeters {
    private final MeterRegistry registry;
    private final Counter indexed;
    private final Counter rejected;
    private final Timer bulk;

    public IndexMeters(MeterRegistry registry) {
        this.registry = registry;
        this.indexed = Counter.builder("parley.search.indexed")
                .description("Documents that Elasticsearch has accepted")
                .register(registry);
        this.rejected = Counter.builder("parley.search.rejected")
                .description("Documents that Elasticsearch has rejected, counted at each attempt")
                .register(registry);
        this.bulk = Timer.builder("parley.search.bulk")
                .description("Time until Elasticsearch acknowledges a bulk request")
                .publishPercentileHistogram()
                .register(registry);
    }

    Timer bulk() {
        return bulk;
    }

    void indexed(int documents) {
        indexed.increment(documents);
    }

    void rejected(int documents) {
        rejected.increment(documents);
    }

    public void watch(DoubleSupplier deadLetters, DoubleSupplier lag) {
        Gauge.builder("parley.search.dead.letters", deadLetters::getAsDouble)
                .description("Rejected documents that will be retried")
                .register(registry);
        Gauge.builder("parley.search.lag", lag::getAsDouble)
                .description("Events that the served index does not include yet")
                .baseUnit("events")
                .register(registry);
    }
}
