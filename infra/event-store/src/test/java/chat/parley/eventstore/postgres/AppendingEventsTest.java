package chat.parley.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseSharing.class)
class AppendingEventsTest {
    private final Database database = TestPostgres.database();
    private final DatabaseSharing sharing;
    private PostgresEventStore store;

    AppendingEventsTest(DatabaseSharing sharing) {
        this.sharing = sharing;
        store = open(TestEventStores.DEFAULTS);
    }

    private PostgresEventStore open(EventStoreProperties properties) {
        return TestEventStores.open(database, sharing, properties);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void countsIndexesFromZero() {
        assertThat(store.createHeadToken()).isNull();
        TestEventStores.append(store, "a", 0);
        TestEventStores.append(store, "b", 0);
        assertThat(store.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(1));
        assertThat(store.createTailToken()).isNull();
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L);
        assertThat(TestEventStores.readFrom(store, 0))
                .map(TestEventStores::indexOf)
                .containsExactly(1L);
    }

    @Test
    void aDuplicateFailsAndLeavesNoGap() {
        TestEventStores.append(store, "a", 0);
        TestEventStores.append(store, "a", 1);
        assertThatThrownBy(() -> TestEventStores.append(store, "a", 0))
                .isInstanceOf(AggregateStreamCreationException.class);
        assertThatThrownBy(() -> TestEventStores.append(store, "a", 1))
                .isInstanceOf(ConcurrencyException.class)
                .isNotInstanceOf(AggregateStreamCreationException.class);
        TestEventStores.append(store, "a", 2);
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void eventsOfOneAppendAreStoredTogetherOrNotAtAll() {
        TestEventStores.append(store, "a", 1);
        assertThatThrownBy(() -> store.publish(
                        List.of(TestEventStores.event("a", 0, "fits"), TestEventStores.event("a", 1, "does not"))))
                .isInstanceOf(AggregateStreamCreationException.class);
        assertThat(store.lastSequenceNumberFor("a")).contains(1L);
        assertThat(TestEventStores.readFrom(store, -1)).hasSize(1);
    }

    @Test
    void aRestartContinuesWithoutAGap() {
        TestEventStores.append(store, "a", 0);
        store.close();
        store = open(TestEventStores.DEFAULTS);
        TestEventStores.append(store, "a", 1);
        assertThat(TestEventStores.readFrom(store, -1))
                .map(TestEventStores::indexOf)
                .containsExactly(0L, 1L);
    }

    @Test
    void aClosedStoreRefusesAppends() {
        store.close();
        assertThatThrownBy(() -> TestEventStores.append(store, "a", 0))
                .isInstanceOf(EventStoreException.class)
                .satisfies(e -> assertThat(Refused.in(e)).contains(Refusal.RETRY_LATER));
    }

    @Test
    void aSecondProcessThatWantsTheDatabaseForItselfIsRefused() {
        assertThatThrownBy(() -> TestEventStores.open(database, DatabaseSharing.EXCLUSIVE, TestEventStores.DEFAULTS))
                .isInstanceOf(DatabaseInUseException.class)
                .hasMessageContaining("Another Parley process is using this database");
    }

    @Test
    void theBufferAndTheDatabaseReturnTheSameEvents() {
        store.publish(List.of(new GenericDomainEventMessage<>(
                "Note", "a", 0, new TestEventStores.Noted("한글 and 🙂"), Map.of("traceId", "t"))));
        store.publish(GenericEventMessage.asEventMessage(new TestEventStores.Noted("of no aggregate")));
        List<TrackedEventMessage<?>> fromRing = TestEventStores.readFrom(store, -1);
        store.close();
        store = open(TestEventStores.DEFAULTS);
        List<TrackedEventMessage<?>> fromDatabase = TestEventStores.readFrom(store, -1);
        assertThat(fromDatabase).hasSameSizeAs(fromRing);
        for (int i = 0; i < fromRing.size(); i++) {
            DomainEventMessage<?> ring = (DomainEventMessage<?>) fromRing.get(i);
            DomainEventMessage<?> stored = (DomainEventMessage<?>) fromDatabase.get(i);
            assertThat(stored.getPayload()).isEqualTo(ring.getPayload());
            assertThat(stored.getMetaData()).isEqualTo(ring.getMetaData());
            assertThat(stored.getIdentifier()).isEqualTo(ring.getIdentifier());
            assertThat(stored.getTimestamp()).isEqualTo(ring.getTimestamp());
            assertThat(stored.getType()).isEqualTo(ring.getType());
            assertThat(stored.getAggregateIdentifier()).isEqualTo(ring.getAggregateIdentifier());
            assertThat(stored.getSequenceNumber()).isEqualTo(ring.getSequenceNumber());
            assertThat(fromDatabase.get(i).trackingToken())
                    .isEqualTo(fromRing.get(i).trackingToken());
        }
    }

    @Test
    void anAggregateIsReadInBatches() {
        store.close();
        store = open(TestEventStores.properties(16, 10));
        LongStream.range(0, 35).forEach(i -> TestEventStores.append(store, "a", i));
        TestEventStores.append(store, "b", 0);
        assertThat(store.readEvents("a").asStream().map(DomainEventMessage::getSequenceNumber))
                .containsExactlyElementsOf(LongStream.range(0, 35).boxed().toList());
        assertThat(store.readEvents("a", 30).asStream().map(TestEventStores::textOf))
                .containsExactly("a/30", "a/31", "a/32", "a/33", "a/34");
        assertThat(store.readEvents("a", 40).asStream()).isEmpty();
        assertThat(store.readEvents("unknown").asStream()).isEmpty();
        assertThat(store.lastSequenceNumberFor("a")).contains(34L);
        assertThat(store.lastSequenceNumberFor("unknown")).isEmpty();
        assertThat(store.find("a", 17).map(TestEventStores::textOf)).contains("a/17");
        assertThat(store.find("a", 35)).isEmpty();
    }

    @Test
    void largeEventsAreReadAFewAtATime() {
        store.close();
        store = open(TestEventStores.properties(1, 100));
        String large = "x".repeat(1_500_000);
        LongStream.range(0, 10).forEach(i -> store.publish(List.of(TestEventStores.event("a", i, large))));
        EventReader reader = new EventReader(database.dataSource(), 100, 4_000_000);
        assertThat(reader.after(-1)).hasSize(3);
        assertThat(reader.after(8)).hasSize(1);
        assertThat(reader.after(9)).isEmpty();
        assertThat(TestEventStores.readFrom(store, -1)).hasSize(10);
        assertThat(store.readEvents("a").asStream()).hasSize(10);
    }

    @Test
    void theNewestSnapshotIsReadWithTheLaterEvents() {
        LongStream.range(0, 5).forEach(i -> TestEventStores.append(store, "a", i));
        store.storeSnapshot(TestEventStores.event("a", 3, "snapshot at 3"));
        store.storeSnapshot(TestEventStores.event("a", 1, "older snapshot, stored late"));
        assertThat(store.readEvents("a").asStream().map(TestEventStores::textOf))
                .containsExactly("snapshot at 3", "a/4");
    }

    @Test
    void aTokenIsFoundByTime() {
        Instant first = Instant.parse("2026-01-01T00:00:00.000Z");
        for (int i = 0; i < 3; i++) {
            Instant at = first.plusSeconds(i);
            store.publish(List.of(
                    new GenericDomainEventMessage<>("Note", "a", i, TestEventStores.event("a", i, "timed"), () -> at)));
        }
        assertThat(store.createTokenAt(first)).isNull();
        assertThat(store.createTokenAt(first.plusMillis(1))).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(store.createTokenAt(first.plusSeconds(2))).isEqualTo(new GlobalSequenceTrackingToken(1));
        assertThat(store.createTokenAt(first.plusSeconds(9))).isEqualTo(new GlobalSequenceTrackingToken(2));
    }
}
