package chat.parley.eventstore;

import chat.parley.api.port.EventFeed;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.EventTailBuffer;
import chat.parley.eventstore.postgres.EventTailStream;
import chat.parley.eventstore.postgres.PendingEvent;
import chat.parley.eventstore.postgres.StoredEvent;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.axonserver.connector.event.axon.EventBuffer;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Feeds of existing events. Each reader gets them from index 0 on, and repeatedly. */
public final class Feeds {
    private Feeds() {}

    /** From the memory of the process that stored them, as with the embedded engines. */
    public static EventFeed tail(List<?> payloads) {
        List<PendingEvent> events = messages(payloads).stream()
                .map(message -> PendingEvent.of(message, StoredMessages.SERIALIZER))
                .toList();
        EventTailBuffer ring = new EventTailBuffer(events.size(), Long.MAX_VALUE);
        ring.publish(0, events);
        EventReader neverAsked = new EventReader(new DriverManagerDataSource(), 1, 1);
        return StreamEventFeed.ofEmbedded(_ -> new EventTailStream(ring, neverAsked, _ -> List.of(), -1));
    }

    /** As Axon Server sends them, from the bytes of each protocol buffer on. */
    public static EventFeed axonServer(List<?> payloads) {
        List<DomainEventMessage<?>> messages = messages(payloads);
        List<byte[]> received = IntStream.range(0, messages.size())
                .mapToObj(index -> sent(messages.get(index), index))
                .toList();
        // As in Axon's own event store.
        Serializer receiving = new GrpcMetaDataAwareSerializer(StoredMessages.SERIALIZER);
        return StreamEventFeed.ofAxonServer(
                _ -> new EventBuffer(new Received(received), new EventUpcasterChain(), receiving, true),
                StoredMessages.SERIALIZER);
    }

    private static List<DomainEventMessage<?>> messages(List<?> payloads) {
        return IntStream.range(0, payloads.size())
                .<DomainEventMessage<?>>mapToObj(i -> StoredMessages.of(payloads.get(i), i))
                .toList();
    }

    private static byte[] sent(DomainEventMessage<?> message, long index) {
        StoredEvent row = StoredMessages.row(message, index);
        Event.Builder event = Event.newBuilder()
                .setMessageIdentifier(row.eventIdentifier())
                .setAggregateIdentifier(row.aggregateIdentifier())
                .setAggregateSequenceNumber(row.sequenceNumber())
                .setAggregateType(message.getType())
                .setTimestamp(row.timestampMillis())
                .setPayload(SerializedObject.newBuilder()
                        .setType(row.payloadType())
                        .setRevision("1")
                        .setData(ByteString.copyFrom(row.payload())));
        message.getMetaData()
                .forEach((key, value) -> event.putMetaData(
                        key,
                        MetaDataValue.newBuilder()
                                .setTextValue(value.toString())
                                .build()));
        return EventWithToken.newBuilder()
                .setToken(index)
                .setEvent(event)
                .build()
                .toByteArray();
    }

    /** The stream of Axon Server's client, without a network. */
    private static final class Received implements EventStream {
        private final List<byte[]> messages;
        private int next;

        Received(List<byte[]> messages) {
            this.messages = messages;
        }

        @Override
        public @Nullable EventWithToken nextIfAvailable() {
            if (next == messages.size()) {
                return null;
            }
            try {
                return EventWithToken.parseFrom(messages.get(next++));
            } catch (InvalidProtocolBufferException malformed) {
                throw new IllegalStateException(malformed);
            }
        }

        @Override
        public @Nullable EventWithToken nextIfAvailable(long timeout, TimeUnit unit) {
            return nextIfAvailable();
        }

        @Override
        public EventWithToken next() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable EventWithToken peek() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAvailable(Runnable callback) {}

        @Override
        public void excludePayloadType(String payloadType, String revision) {}

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public Optional<Throwable> getError() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
