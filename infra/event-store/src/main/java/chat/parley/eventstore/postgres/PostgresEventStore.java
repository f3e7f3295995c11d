package chat.parley.eventstore.postgres;

import chat.parley.eventstore.EventStoreProperties;
import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.jspecify.annotations.Nullable;

/**
 * The event store of the embedded engines: PostgreSQL with group commit, and a buffer of the newest events in memory
 * for readers at the head.
 */
public final class PostgresEventStore extends AbstractEventStore implements AutoCloseable {
    private final PostgresEventStorageEngine engine;
    private final GroupCommit commit;

    private PostgresEventStore(Builder builder, PostgresEventStorageEngine engine, GroupCommit commit) {
        super(builder);
        this.engine = engine;
        this.commit = commit;
    }

    /**
     * Opens the store, which only one process at a time may do.
     *
     * @param dataSource connections for reading
     */
    public static PostgresEventStore open(
            DataSource dataSource,
            WriterConnections connections,
            EventEncoding encoding,
            EventStoreProperties properties,
            CommitMeters meters) {
        EventTailBuffer buffer =
                new EventTailBuffer(properties.tailEvents(), properties.tail().toBytes());
        EventReader reader = new EventReader(
                dataSource, properties.readEvents(), properties.read().toBytes());
        GroupCommit commit = GroupCommit.start(connections, buffer, properties, meters);
        PostgresEventStorageEngine engine = PostgresEventStorageEngine.of(commit, reader, buffer, encoding);
        Builder builder = new Builder();
        builder.storageEngine(engine);
        return new PostgresEventStore(builder, engine, commit);
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        return engine.open(trackingToken);
    }

    public Optional<DomainEventMessage<?>> find(String aggregate, long sequenceNumber) {
        return engine.find(aggregate, sequenceNumber);
    }

    /** Stores queued appends and releases the database for another process. */
    @Override
    public void close() {
        commit.close();
    }

    private static final class Builder extends AbstractEventStore.Builder {}
}
