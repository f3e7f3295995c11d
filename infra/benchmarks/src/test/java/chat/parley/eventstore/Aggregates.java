package chat.parley.eventstore;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Aggregates that exist only in their cache. */
public final class Aggregates {
    private Aggregates() {}

    public static Cache cache(int maxAggregates) {
        return new CaffeineAggregateCache(maxAggregates);
    }

    /** Accepts every event and stores none, so that the memory does not fill during a measurement. */
    public static EventStore storingNothing() {
        return new Forgetful(new Forgetful.Builder());
    }

    private static final class Forgetful extends AbstractEventStore {
        private Forgetful(Builder builder) {
            super(builder);
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            throw new UnsupportedOperationException();
        }

        private static final class Builder extends AbstractEventStore.Builder {
            Builder() {
                storageEngine(new Nothing());
            }
        }
    }

    private static final class Nothing implements EventStorageEngine {
        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {}

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {}

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
            return Stream.empty();
        }

        @Override
        public DomainEventStream readEvents(String aggregate, long firstSequenceNumber) {
            return DomainEventStream.empty();
        }

        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
            return Optional.empty();
        }
    }
}
