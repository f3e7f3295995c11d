package chat.parley.eventstore.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.eventstore.postgres.TestEventStores;
import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.Test;

class LookingUpAnOldEntryTest {
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final ConversationEvent SENT = (ConversationEvent) EventSamples.ALL.get(2);

    private final Map<Long, Object> stored = new HashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final CachedEntryLookup entries = new CachedEntryLookup(this::read, 100);

    private Optional<DomainEventMessage<?>> read(String aggregate, long sequenceNumber) {
        reads.incrementAndGet();
        return Optional.ofNullable(stored.get(sequenceNumber))
                .map(payload -> new GenericDomainEventMessage<>("Conversation", aggregate, sequenceNumber, payload));
    }

    @Test
    void positionsAreSequenceNumbersPlusOne() {
        stored.put(4L, SENT);
        assertThat(entries.find(TALK, 5)).contains(SENT);
        assertThat(entries.find(TALK, 4)).isEmpty();
    }

    @Test
    void aFoundEntryIsReadOnce() {
        stored.put(0L, SENT);
        entries.find(TALK, 1);
        assertThat(entries.find(TALK, 1)).contains(SENT);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aMissingEntryIsReadAgain() {
        assertThat(entries.find(TALK, 1)).isEmpty();
        stored.put(0L, SENT);
        assertThat(entries.find(TALK, 1)).contains(SENT);
    }

    @Test
    void thereIsNothingBeforeTheFirstPosition() {
        assertThat(entries.find(TALK, 0)).isEmpty();
        assertThat(entries.find(TALK, Long.MIN_VALUE)).isEmpty();
        assertThat(reads).hasValue(0);
    }

    @Test
    void eventsOfOtherAggregatesAreNoEntries() {
        stored.put(0L, EventSamples.ALL.getLast());
        assertThat(entries.find(TALK, 1)).isEmpty();
    }

    @Test
    void axonServerIsAskedForOneEvent() {
        Jackson3Serializer serializer = TestEventStores.serializer();
        AggregateEventStream stream = mock(AggregateEventStream.class);
        when(stream.asStream()).thenReturn(Stream.of(grpc(serializer, 4), grpc(serializer, 5)));
        EventChannel channel = mock(EventChannel.class);
        when(channel.openAggregateStream(eq("c-talk"), anyLong(), anyLong())).thenReturn(stream);
        AxonServerConnection connection = mock(AxonServerConnection.class);
        when(connection.eventChannel()).thenReturn(channel);
        AxonServerConnectionManager connections = mock(AxonServerConnectionManager.class);
        when(connections.getConnection()).thenReturn(connection);

        AxonServerEvents events = new AxonServerEvents(connections, serializer, new EventUpcasterChain());

        assertThat(events.find("c-talk", 4)).hasValueSatisfying(event -> {
            assertThat(event.getSequenceNumber()).isEqualTo(4);
            assertThat(event.getPayload()).isEqualTo(SENT);
        });
        verify(channel).openAggregateStream("c-talk", 4, 5);
        verify(stream).cancel();
    }

    private static Event grpc(Jackson3Serializer serializer, long sequenceNumber) {
        var payload = serializer.serialize(SENT, byte[].class);
        return Event.newBuilder()
                .setAggregateIdentifier("c-talk")
                .setAggregateType("Conversation")
                .setAggregateSequenceNumber(sequenceNumber)
                .setMessageIdentifier("event-" + sequenceNumber)
                .setPayload(SerializedObject.newBuilder()
                        .setType(payload.getType().getName())
                        .setRevision(payload.getType().getRevision())
                        .setData(ByteString.copyFrom(payload.getData())))
                .build();
    }
}
