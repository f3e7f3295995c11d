package chat.parley.eventstore.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Compares a server with what this node has seen stored. A standby that was made the primary without all events, or a
 * restored backup, would give their indexes to other events.
 */
final class SeenHistory {
    private static final Logger log = LoggerFactory.getLogger(SeenHistory.class);

    private static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";

    private static final String MESSAGE = "PostgreSQL lacks events that were stored: a server without them has taken"
            + " over, or an older backup was restored. This node stores and delivers nothing any more. Start the server that"
            + " has them in place of the other, or name the loss in parley.vault.restore. Then restart all nodes";

    private final EventTailBuffer buffer;
    private volatile boolean lost;

    SeenHistory(EventTailBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Called for each new connection, before anything is read or stored over it.
     *
     * @throws SQLException if the newest event that this node knows is not there
     */
    void require(Connection connection) throws SQLException {
        boolean there = has(connection, buffer.newest());
        if (!there && !lost) {
            log.error(MESSAGE);
        }
        lost = !there;
        if (lost) {
            throw new SQLException(MESSAGE, OBJECT_NOT_IN_PREREQUISITE_STATE);
        }
    }

    private static boolean has(Connection connection, EventTailBuffer.Newest newest) throws SQLException {
        if (newest.index() < 0) {
            return true;
        }
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT event_identifier FROM events.domain_events WHERE global_index = ?")) {
            find.setLong(1, newest.index());
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        && (newest.identifier() == null || newest.identifier().equals(row.getString(1)));
            }
        }
    }

    /** @throws DataAccessResourceFailureException if the server with the events that this node knows is not there */
    void require() {
        if (lost) {
            throw new DataAccessResourceFailureException(MESSAGE);
        }
    }
}
