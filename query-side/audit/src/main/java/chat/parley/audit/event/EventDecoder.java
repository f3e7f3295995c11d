package chat.parley.audit.event;

import chat.parley.api.port.RawEvents.RawEvent;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Reads stored events in their newest revision, as handlers of events get them. */
public final class EventDecoder {
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    public EventDecoder(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    public Object payload(RawEvent event) {
        byte[] metadata = serializer.serialize(event.metadata(), byte[].class).getData();
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new TrackedDomainEventData<>(
                                new GlobalSequenceTrackingToken(event.index()),
                                new GenericDomainEventEntry<>(
                                        event.aggregateType(),
                                        event.aggregate(),
                                        event.sequence(),
                                        event.id(),
                                        Instant.ofEpochMilli(event.atMillis()),
                                        event.type(),
                                        event.revision(),
                                        event.payload(),
                                        metadata))),
                        serializer,
                        upcasters)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Event " + event.index() + " is read as none"))
                .getPayload();
    }
}
