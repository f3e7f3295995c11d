package chat.parley.eventstore.postgres;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** An event in its stored form, with its message. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes never leave the module
public record PendingEvent(
        DomainEventMessage<?> message,
        String payloadType,
        @Nullable String payloadRevision,
        byte[] payload,
        byte[] metadata) {

    public static PendingEvent of(EventMessage<?> event, Serializer serializer) {
        DomainEventMessage<?> message = ofAnAggregate(event);
        // Not message.serializePayload, which would keep the bytes in the message, and so in the tail buffer.
        SerializedObject<byte[]> payload = serializer.serialize(message.getPayload(), byte[].class);
        SerializedObject<byte[]> metadata = serializer.serialize(message.getMetaData(), byte[].class);
        return new PendingEvent(
                message,
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                metadata.getData());
    }

    /** An event without an aggregate becomes the only event of its own one, as in Axon's JDBC engine. */
    private static DomainEventMessage<?> ofAnAggregate(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                ? domainEvent
                : new GenericDomainEventMessage<>(null, event.getIdentifier(), 0, event, event::getTimestamp);
    }

    public long timestampMillis() {
        return message.getTimestamp().toEpochMilli();
    }

    int bytes() {
        return payload.length + metadata.length;
    }

    /** The message for readers of the tail: equal to one read from the database, without decoding. */
    TrackedEventMessage<?> at(long globalIndex) {
        return tracked(message, globalIndex, Instant.ofEpochMilli(timestampMillis()));
    }

    private static <T> TrackedEventMessage<T> tracked(DomainEventMessage<T> message, long globalIndex, Instant at) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(globalIndex),
                message.getType(),
                message.getAggregateIdentifier(),
                message.getSequenceNumber(),
                message,
                () -> at);
    }
}
