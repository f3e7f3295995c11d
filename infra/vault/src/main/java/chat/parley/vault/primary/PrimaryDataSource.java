package chat.parley.vault.primary;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * What a pool opens its connections with. After each failure the pool waits twice as long, up to five seconds; a
 * connection is waited for here instead, so that the pool has it soon after a server has become the primary.
 */
final class PrimaryDataSource extends AbstractDataSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PrimaryConnections connections;
    private final Properties properties;

    PrimaryDataSource(PrimaryConnections connections, Properties properties) {
        this.connections = connections;
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return connections.open(properties);
            } catch (SQLException e) {
                if (!PrimaryConnections.isAway(e) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while waiting for PostgreSQL", PrimaryConnections.UNABLE_TO_CONNECT, e);
        }
    }

    /** The pool passes the credentials that the connections have already. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
