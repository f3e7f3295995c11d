package chat.parley.eventstore.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The only connection of this process that writes events. It holds an advisory lock as long as it lives. An exclusive
 * one keeps all other writers away: once it is acquired, every transaction of its previous holder has ended. A shared
 * one keeps exclusive writers away.
 */
final class WriterConnection implements AutoCloseable {
    private static final int VALIDATION_SECONDS = 5;

    /** The key of the lock that one shared append after the other holds, as in {@code events.append}. */
    private static final long APPEND_LOCK = 0x4150_5045_4E44L;

    private static final String INSERT = "INSERT INTO events.domain_events (" + StoredEvent.COLUMNS + ")"
            + " SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],"
            + " ?::text[], ?::text[], ?::bytea[], ?::bytea[])";

    private static final String APPEND = "SELECT events.append(?::text[], ?::text[], ?::bigint[], ?::text[],"
            + " ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])";

    private final Connection connection;
    private final DatabaseSharing sharing;
    private final PreparedStatement insert;

    private WriterConnection(Connection connection, DatabaseSharing sharing) throws SQLException {
        this.connection = connection;
        this.sharing = sharing;
        // The shared append reads the head with a snapshot that is taken after its lock was granted.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        Durability.require(connection);
        Durability.awaitStandbys(connection);
        this.insert = connection.prepareStatement(
                switch (sharing) {
                    case EXCLUSIVE -> INSERT;
                    case SHARED -> APPEND;
                });
    }

    /**
     * @throws DatabaseInUseException if another process holds a lock that excludes this one
     * @throws SQLException           if PostgreSQL cannot be reached
     */
    static WriterConnection open(WriterConnections connections, DatabaseSharing sharing) throws SQLException {
        Connection connection = connections.open();
        try {
            if (!sharing.acquire(connection)) {
                throw new DatabaseInUseException(sharing);
            }
            return new WriterConnection(connection, sharing);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** @throws SQLException if events that this node has seen are not there */
    void require(SeenHistory history) throws SQLException {
        history.require(connection);
    }

    /** The index of the newest event; -1 if there is none. */
    long head() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(max(global_index), -1) FROM events.domain_events")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The server process of this session, which is named by its notifications. */
    int backend() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Reads over this connection, which the writer's thread alone may use. */
    EventReader reader(int batchEvents, long batchBytes) {
        return new EventReader(new SingleConnectionDataSource(connection, true), batchEvents, batchBytes);
    }

    /**
     * The index under which an event is stored. Shared appends that wait for the lock or hold it have ended before; one
     * that PostgreSQL receives later finds the identifiers of its events taken if they were stored meanwhile.
     */
    OptionalLong indexOf(PendingEvent event) throws SQLException {
        if (sharing == DatabaseSharing.SHARED) {
            awaitAppends();
        }
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT global_index FROM events.domain_events WHERE event_identifier = ?")) {
            find.setString(1, event.message().getIdentifier());
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return OptionalLong.empty();
                }
                long index = row.getLong(1);
                Durability.awaitStandbys(connection);
                return OptionalLong.of(index);
            }
        }
    }

    private void awaitAppends() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, APPEND_LOCK);
            lock.execute();
        }
    }

    /** The outcome of an append. */
    sealed interface Outcome {
        /** Stored under ascending indexes from this one on. */
        record Stored(long firstIndex) implements Outcome {}

        /** None of the events is stored. */
        record Rejected(SQLException reason) implements Outcome {}
    }

    /**
     * Stores all events under ascending indexes, or none. One statement is one transaction and one round trip.
     *
     * @param firstIndex the index of the first event, which PostgreSQL assigns instead if the database is shared
     * @throws SQLException if the connection was lost; it is unknown whether they are stored
     */
    Outcome append(long firstIndex, List<PendingEvent> events) throws SQLException {
        try {
            return new Outcome.Stored(
                    switch (sharing) {
                        case EXCLUSIVE -> appendAt(firstIndex, events);
                        case SHARED -> appendAtHead(events);
                    });
        } catch (SQLException e) {
            if (isLost(e)) {
                throw e;
            }
            return new Outcome.Rejected(e);
        }
    }

    private long appendAt(long firstIndex, List<PendingEvent> events) throws SQLException {
        Long[] indexes = new Long[events.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = firstIndex + i;
        }
        insert.setArray(1, connection.createArrayOf("bigint", indexes));
        bind(2, events);
        insert.executeUpdate();
        Durability.requireWaited(insert);
        return firstIndex;
    }

    private long appendAtHead(List<PendingEvent> events) throws SQLException {
        bind(1, events);
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            Durability.requireWaited(insert);
            return row.getLong(1);
        }
    }

    private void bind(int firstParameter, List<PendingEvent> events) throws SQLException {
        Array[] columns = {
            texts(events, e -> e.message().getIdentifier()),
            texts(events, e -> e.message().getAggregateIdentifier()),
            numbers(events, e -> e.message().getSequenceNumber()),
            texts(events, e -> e.message().getType()),
            numbers(events, PendingEvent::timestampMillis),
            texts(events, PendingEvent::payloadType),
            texts(events, PendingEvent::payloadRevision),
            bytes(events, PendingEvent::payload),
            bytes(events, PendingEvent::metadata)
        };
        for (int i = 0; i < columns.length; i++) {
            insert.setArray(firstParameter + i, columns[i]);
        }
    }

    private Array texts(List<PendingEvent> events, Function<PendingEvent, String> column) throws SQLException {
        return connection.createArrayOf("text", events.stream().map(column).toArray(String[]::new));
    }

    private Array numbers(List<PendingEvent> events, Function<PendingEvent, Long> column) throws SQLException {
        return connection.createArrayOf("bigint", events.stream().map(column).toArray(Long[]::new));
    }

    private Array bytes(List<PendingEvent> events, Function<PendingEvent, byte[]> column) throws SQLException {
        return connection.createArrayOf("bytea", events.stream().map(column).toArray(byte[][]::new));
    }

    /** Whether a statement failed because the connection is lost. */
    private boolean isLost(SQLException failure) throws SQLException {
        String state = failure.getSQLState();
        // Class 08: connection exceptions; 57P: the server or an administrator ends this session.
        return (state != null && (state.startsWith("08") || state.startsWith("57P")))
                || !connection.isValid(VALIDATION_SECONDS);
    }

    /** Ends the database session, which releases the lock. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
