package chat.parley.eventstore;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.eventstore.postgres.PendingEvent;
import chat.parley.eventstore.postgres.StoredEvent;
import chat.parley.eventstore.serialization.EventSerialization;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Events with payloads, and the serializer that stores them. */
final class StoredMessages {
    static final Serializer SERIALIZER = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(new EventSerialization())
            .build();

    private StoredMessages() {}

    static DomainEventMessage<?> of(Object payload, long sequenceNumber) {
        return switch (payload) {
            case ConversationEvent e -> message("Conversation", e.conversation().value(), sequenceNumber, e);
            case ReadMarkEvent e -> message("ReadMark", e.conversation() + ":" + e.user(), sequenceNumber, e);
            default -> throw new IllegalArgumentException(payload.toString());
        };
    }

    private static DomainEventMessage<?> message(String type, String aggregate, long sequenceNumber, Object payload) {
        // Axon adds the id of the command to every event.
        String command = UUID.randomUUID().toString();
        return new GenericDomainEventMessage<>(
                type,
                aggregate,
                sequenceNumber,
                payload,
                MetaData.from(Map.of("correlationId", command, "traceId", command)));
    }

    static StoredEvent row(DomainEventMessage<?> message, long globalIndex) {
        PendingEvent pending = PendingEvent.of(message, SERIALIZER);
        return new StoredEvent(
                globalIndex,
                message.getIdentifier(),
                message.getAggregateIdentifier(),
                message.getSequenceNumber(),
                message.getType(),
                pending.timestampMillis(),
                pending.payloadType(),
                pending.payloadRevision(),
                pending.payload(),
                pending.metadata());
    }
}
