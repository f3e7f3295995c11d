package chat.parley.eventstore.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.TestEventStores;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import com.google.protobuf.ByteString;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReadingRawEventsTest {
    private static final int ROWS_PER_READ = 3;

    private final Database database = TestPostgres.database();
    private final PostgresEventStore store =
            TestEventStores.open(database, TestEventStores.properties(4, ROWS_PER_READ));
    private final RawEvents events = new PostgresRawEvents(
            new EventReader(database.dataSource(), ROWS_PER_READ, 1_000_000),
            () -> store.createHeadToken() == null
                    ? -1
                    : store.createHeadToken().position().orElseThrow());

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    private List<RawEvent> after(long index) {
        List<RawEvent> all = new ArrayList<>();
        try (RawEvents.Reader reader = events.after(index)) {
            for (List<RawEvent> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
                all.addAll(batch);
            }
        }
        return all;
    }

    @Test
    void readsTheStoredBytesInGlobalOrder() {
        for (int i = 0; i < 8; i++) {
            TestEventStores.append(store, "a", i);
        }
        assertThat(after(2)).extracting(RawEvent::index).containsExactly(3L, 4L, 5L, 6L, 7L);
        RawEvent last = after(6).getFirst();
        assertThat(last.aggregate()).isEqualTo("a");
        assertThat(last.aggregateType()).isEqualTo("Note");
        assertThat(last.sequence()).isEqualTo(7);
        assertThat(last.payload()).asString().isEqualTo("{\"text\":\"a/7\"}");
        assertThat(after(7)).isEmpty();
        assertThat(events.at(7)).map(RawEvent::sequence).contains(7L);
        assertThat(events.at(8)).isEmpty();
    }

    @Test
    void aReaderAtTheEndReadsWhatIsStoredLater() {
        try (RawEvents.Reader reader = events.after(-1)) {
            assertThat(reader.next()).isEmpty();
            TestEventStores.append(store, "a", 0);
            assertThat(reader.next()).hasSize(1);
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void findsTheFirstEventOfAMoment() {
        assertThat(events.firstAt(Instant.EPOCH)).isZero();
        TestEventStores.append(store, "a", 0);
        TestEventStores.append(store, "a", 1);
        Instant last = Instant.ofEpochMilli(after(0).getFirst().atMillis());
        assertThat(events.firstAt(Instant.EPOCH)).isZero();
        assertThat(events.firstAt(last.plusMillis(1))).isEqualTo(2);
    }

    @Test
    void bothEnginesGiveTheSameEvent() {
        MetaData metadata = MetaData.with("traceId", "t-1").and("attempt", 2L).and("retried", true);
        store.publish(TestEventStores.event("a", 0, "회의 \u0000 \"").andMetaData(metadata));
        store.publish(GenericEventMessage.asEventMessage(new TestEventStores.Noted("alone")));
        for (RawEvent stored : after(-1)) {
            RawEvent received = AxonServerRawEvents.raw(stored.index(), asAxonServerSendsIt(stored));
            assertThat(received).usingRecursiveComparison().isEqualTo(stored);
        }
        assertThat(after(-1).getFirst().metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("traceId", "t-1", "attempt", "2", "retried", "true"));
    }

    /** Axon Server keeps an event outside any aggregate without an aggregate id. */
    private static Event asAxonServerSendsIt(RawEvent stored) {
        Event.Builder event = Event.newBuilder()
                .setMessageIdentifier(stored.id())
                .setTimestamp(stored.atMillis())
                .setPayload(SerializedObject.newBuilder()
                        .setType(stored.type())
                        .setData(ByteString.copyFrom(stored.payload())));
        if (stored.aggregateType() != null) {
            event.setAggregateType(stored.aggregateType())
                    .setAggregateIdentifier(stored.aggregate())
                    .setAggregateSequenceNumber(stored.sequence())
                    .putMetaData("traceId", text("t-1"))
                    .putMetaData(
                            "attempt",
                            MetaDataValue.newBuilder().setNumberValue(2).build())
                    .putMetaData(
                            "retried",
                            MetaDataValue.newBuilder().setBooleanValue(true).build());
        }
        return event.build();
    }

    private static MetaDataValue text(String value) {
        return MetaDataValue.newBuilder().setTextValue(value).build();
    }

    @Test
    void metadataWithoutOneTextIsRefused() {
        TestEventStores.append(store, "a", 0);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE events.domain_events SET metadata = :metadata")
                .param("metadata", "{\"tags\":[1,2]}".getBytes(UTF_8))
                .update();
        assertThatIllegalStateException().isThrownBy(() -> after(-1)).withMessageContaining("tags");
    }
}
