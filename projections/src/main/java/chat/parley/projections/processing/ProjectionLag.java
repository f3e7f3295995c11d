package chat.parley.projections.processing;

import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.RunningGeneration;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.projections.store.ReadModelStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How many events each processor of the served read model is behind. */
public final class ProjectionLag implements MeterBinder {
    private final GenerationSupervisor<ReadModelStore> generations;
    private final EventHead head;

    public ProjectionLag(GenerationSupervisor<ReadModelStore> generations, EventHead head) {
        this.generations = generations;
        this.head = head;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (EventGroup group : EventGroup.values()) {
            Gauge.builder("parley.projection.lag", () -> behind(group))
                    .tag("processor", group.processor())
                    .description("Events that this processor of the read side has not processed yet")
                    .baseUnit("events")
                    .register(registry);
        }
    }

    /** NaN while the read side does not run on this node. */
    private double behind(EventGroup group) {
        if (!generations.isRunning()) {
            return Double.NaN;
        }
        RunningGeneration<ReadModelStore> served = generations.served();
        String name = group.processor(served.name());
        return served.processors().stream()
                .filter(processor -> processor.name().equals(name))
                .mapToLong(processor -> Math.max(0, head.index() - processor.position()))
                .sum();
    }
}
