package chat.parley.eventstore.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The only connection that writes events. It holds an advisory lock as long as it lives, so that two processes never
 * append to one database. Once the lock is acquired, every transaction of its previous holder has ended.
 */
final class WriterConnection implements AutoCloseable {
    /** The key of the advisory lock: "PARLEY" in ASCII. */
    static final long LOCK = 0x5041_524C_4559L;

    private static final int VALIDATION_SECONDS = 5;

    private static final String INSERT = "INSERT INTO events.domain_events (" + StoredEvent.COLUMNS + ")"
            + " SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],"
            + " ?::text[], ?::text[], ?::bytea[], ?::bytea[])";

    private final Connection connection;
    private final PreparedStatement insert;

    private WriterConnection(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            // An acknowledged append must be on disk, regardless of the server's default.
            statement.execute("SET synchronous_commit = on");
        }
        this.insert = connection.prepareStatement(INSERT);
    }

    /**
     * @throws DatabaseInUseException if another process holds the lock
     * @throws SQLException           if PostgreSQL cannot be reached
     */
    static WriterConnection open(WriterConnections connections) throws SQLException {
        Connection connection = connections.open();
        try {
            lock(connection);
            return new WriterConnection(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new DatabaseInUseException();
                }
            }
        }
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

    /** The index under which an event is stored. */
    OptionalLong indexOf(PendingEvent event) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT global_index FROM events.domain_events WHERE event_identifier = ?")) {
            find.setString(1, event.message().getIdentifier());
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /**
     * Stores all events under ascending indexes, or none. One statement is one transaction and one round trip.
     *
     * @return the reason if PostgreSQL rejected them
     * @throws SQLException if the connection was lost; it is unknown whether they are stored
     */
    Optional<SQLException> append(long firstIndex, List<PendingEvent> events) throws SQLException {
        try {
            bind(firstIndex, events);
            insert.executeUpdate();
            return Optional.empty();
        } catch (SQLException e) {
            if (isLost(e)) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private void bind(long firstIndex, List<PendingEvent> events) throws SQLException {
        Long[] indexes = new Long[events.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = firstIndex + i;
        }
        Array[] columns = {
            connection.createArrayOf("bigint", indexes),
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
            insert.setArray(i + 1, columns[i]);
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
