package chat.parley.eventstore.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/** Metrics of the event writer. */
public final class CommitMeters {
    private final MeterRegistry registry;
    private final Counter appended;
    private final DistributionSummary batch;
    private final Timer commit;

    public CommitMeters(MeterRegistry registry) {
        this.registry = registry;
        this.appended = Counter.builder("parley.events.appended")
                .description("Events stored")
                .register(registry);
        this.batch = DistributionSummary.builder("parley.events.batch")
                .description("Events stored in one transaction")
                .baseUnit("events")
                .register(registry);
        this.commit = Timer.builder("parley.events.commit")
                .description("Time of one transaction, from its insert to its commit")
                .register(registry);
    }

    void queued(AppendQueue queue) {
        Gauge.builder("parley.events.queued", queue, AppendQueue::size)
                .description("Appends waiting for the writer")
                .register(registry);
    }

    void committed(List<PendingAppend> appends, long nanos) {
        int events = appends.stream().mapToInt(append -> append.events().size()).sum();
        appended.increment(events);
        batch.record(events);
        commit.record(Duration.ofNanos(nanos));
    }
}
