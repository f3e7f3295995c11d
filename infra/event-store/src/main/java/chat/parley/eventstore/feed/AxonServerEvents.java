package chat.parley.eventstore.feed;

import io.axoniq.axonserver.connector.event.AggregateEventStream;
import java.util.Optional;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.GrpcBackedDomainEventData;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Reads single events from Axon Server. Axon's own event store API always reads to the end of an aggregate. */
public final class AxonServerEvents implements CachedEntryLookup.EventLookup {
    private final AxonServerConnectionManager connections;
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public AxonServerEvents(AxonServerConnectionManager connections, Serializer serializer, EventUpcaster upcasters) {
        this.connections = connections;
        this.serializer = new GrpcMetaDataAwareSerializer(serializer);
        this.upcasters = upcasters;
    }

    @Override
    public Optional<? extends DomainEventMessage<?>> find(String aggregate, long sequenceNumber) {
        // The upper bound is exclusive, and 0 means no bound.
        AggregateEventStream stream = connections
                .getConnection()
                .eventChannel()
                .openAggregateStream(aggregate, sequenceNumber, sequenceNumber + 1);
        try {
            DomainEventStream found = EventStreamUtils.upcastAndDeserializeDomainEvents(
                    stream.asStream()
                            .filter(event -> event.getAggregateSequenceNumber() == sequenceNumber)
                            .limit(1)
                            .map(GrpcBackedDomainEventData::new),
                    serializer,
                    upcasters);
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } finally {
            stream.cancel();
        }
    }
}
