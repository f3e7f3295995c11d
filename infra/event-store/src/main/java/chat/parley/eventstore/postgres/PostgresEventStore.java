package chat.parley.eventstore.postgres;

import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.jspecify.annotations.Nullable;

/**
 * The event store over PostgreSQL with group commit, and a buffer of the newest events in memory for readers at the
 * head. One process uses the database alone, or all nodes of a cluster share it.
 */
public final class PostgresEventStore extends AbstractEventStore implements AutoCloseable {
    private final PostgresEventStorageEngine engine;
    private final GroupCommit commit;
    private final @Nullable AppendListener listener;

    private PostgresEventStore(
            Builder builder, PostgresEventStorageEngine engine, GroupCommit commit, @Nullable AppendListener listener) {
        super(builder);
        this.engine = engine;
        this.commit = commit;
        this.listener = listener;
    }

    /**
     * Opens the store for the only process that uses the database.
     *
     * @param dataSource connections for reading
     */
    public static PostgresEventStore open(
            DataSource dataSource,
            WriterConnections connections,
            EventEncoding encoding,
            EventStoreProperties properties,
            CommitMeters meters) {
        return open(dataSource, connections, connections, DatabaseSharing.EXCLUSIVE, encoding, properties, meters);
    }

    /**
     * Opens the store for one of the nodes that share the database.
     *
     * @param listening connections on which PostgreSQL tells of the other nodes' appends
     */
    public static PostgresEventStore openShared(
            DataSource dataSource,
            WriterConnections connections,
            WriterConnections listening,
            EventEncoding encoding,
            EventStoreProperties properties,
            CommitMeters meters) {
        return open(dataSource, connections, listening, DatabaseSharing.SHARED, encoding, properties, meters);
    }

    private static PostgresEventStore open(
            DataSource dataSource,
            WriterConnections connections,
            WriterConnections listening,
            DatabaseSharing sharing,
            EventEncoding encoding,
            EventStoreProperties properties,
            CommitMeters meters) {
        EventTailBuffer buffer =
                new EventTailBuffer(properties.tailEvents(), properties.tail().toBytes());
        EventReader reader = new EventReader(
                dataSource, properties.readEvents(), properties.read().toBytes());
        StoredTail tail = new StoredTail(buffer, encoding::decode, properties.tailEvents());
        SeenHistory history = new SeenHistory(buffer);
        GroupCommit commit = GroupCommit.start(connections, sharing, buffer, tail, history, properties, meters);
        boolean shared = sharing == DatabaseSharing.SHARED;
        AppendListener listener = shared
                ? AppendListener.start(
                        listening,
                        tail,
                        history,
                        commit::isWriter,
                        properties.readEvents(),
                        properties.read().toBytes())
                : null;
        // What another node has acknowledged is part of the head, also before this node has heard of it.
        LongSupplier head = shared ? () -> headOf(reader, history) : buffer::head;
        PostgresEventStorageEngine engine = PostgresEventStorageEngine.of(commit, reader, buffer, head, encoding);
        Builder builder = new Builder();
        builder.storageEngine(engine);
        return new PostgresEventStore(builder, engine, commit, listener);
    }

    private static long headOf(EventReader reader, SeenHistory history) {
        long head = reader.head();
        history.require();
        return head;
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
        if (listener != null) {
            listener.close();
        }
    }

    private static final class Builder extends AbstractEventStore.Builder {}
}
