package chat.parley.eventstore.postgres;

import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.primary.PrimaryConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.util.unit.DataSize;

/** Event stores configured as in the application, and helpers for tests. */
public final class TestEventStores {
    static final EventStoreProperties DEFAULTS = properties(16_384, 512);

    private TestEventStores() {}

    public static EventStoreProperties properties(int tailEvents, int readEvents) {
        return properties(tailEvents, readEvents, Duration.ofSeconds(10));
    }

    public static EventStoreProperties properties(int tailEvents, int readEvents, Duration recoveryTimeout) {
        return new EventStoreProperties(
                EventStoreProperties.Engine.AXON_SERVER,
                512,
                DataSize.ofMegabytes(4),
                10_000,
                DataSize.ofMegabytes(64),
                tailEvents,
                DataSize.ofMegabytes(32),
                readEvents,
                DataSize.ofMegabytes(4),
                Duration.ofSeconds(30),
                recoveryTimeout,
                Duration.ofSeconds(8),
                1_000,
                1_000);
    }

    public static Jackson3Serializer serializer() {
        return new EventSerializer();
    }

    public static PostgresEventStore open(Database database, EventStoreProperties properties) {
        return open(database, DatabaseSharing.EXCLUSIVE, properties);
    }

    static PostgresEventStore open(Database database, DatabaseSharing sharing, EventStoreProperties properties) {
        return open(database, sharing, connections(database.url(), "parley-event-writer"), properties);
    }

    static PostgresEventStore open(
            Database database,
            DatabaseSharing sharing,
            WriterConnections connections,
            EventStoreProperties properties) {
        return open(database, sharing, connections, connections(database.url(), "parley-event-listener"), properties);
    }

    static PostgresEventStore open(
            Database database,
            DatabaseSharing sharing,
            WriterConnections connections,
            WriterConnections listening,
            EventStoreProperties properties) {
        Jackson3Serializer serializer = serializer();
        EventEncoding encoding =
                new EventEncoding(serializer, serializer, SnapshotFilter.allowAll(), new EventUpcasterChain());
        CommitMeters meters = new CommitMeters(new SimpleMeterRegistry());
        return switch (sharing) {
            case EXCLUSIVE -> PostgresEventStore.open(database.dataSource(), connections, encoding, properties, meters);
            case SHARED ->
                PostgresEventStore.openShared(
                        database.dataSource(), connections, listening, encoding, properties, meters);
        };
    }

    static WriterConnections connections(String url, String name) {
        return WriterConnections.to(PrimaryConnections.to(url, null, null), Duration.ofSeconds(30), name);
    }

    /** The payload of test events. */
    public record Noted(String text) {}

    public static DomainEventMessage<Noted> event(String aggregate, long sequenceNumber, String text) {
        return new GenericDomainEventMessage<>("Note", aggregate, sequenceNumber, new Noted(text));
    }

    public static void append(PostgresEventStore store, String aggregate, long sequenceNumber) {
        store.publish(List.of(event(aggregate, sequenceNumber, aggregate + "/" + sequenceNumber)));
    }

    /** All events after this index up to the head, read from the store's stream. */
    static List<TrackedEventMessage<?>> readFrom(PostgresEventStore store, long afterIndex) {
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream =
                store.openStream(afterIndex < 0 ? null : new GlobalSequenceTrackingToken(afterIndex))) {
            while (stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)) {
                events.add(stream.nextAvailable());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }

    /** The events from the first one to this index, waiting for those that another node has stored. */
    static List<TrackedEventMessage<?>> readThrough(PostgresEventStore store, long lastIndex)
            throws InterruptedException {
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
            while (events.size() <= lastIndex && stream.hasNextAvailable(30, TimeUnit.SECONDS)) {
                events.add(stream.nextAvailable());
            }
        }
        return events;
    }

    static long indexOf(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    static String textOf(DomainEventMessage<?> event) {
        return ((Noted) event.getPayload()).text();
    }
}
