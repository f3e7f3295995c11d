package chat.parley.eventstore.postgres;

import chat.parley.vault.primary.PrimaryConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens connections for the event writer. They are not pooled: the writer keeps its connection permanently, and must
 * notice within seconds, not after the pool's timeout, that PostgreSQL is unreachable.
 */
@FunctionalInterface
public interface WriterConnections {
    Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    Connection open() throws SQLException;

    /**
     * @param silence how long PostgreSQL may take to answer before the connection counts as lost
     * @param name    how PostgreSQL names the connections in its list of activity
     */
    static WriterConnections to(PrimaryConnections primary, Duration silence, String name) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(silence.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        return () -> primary.open(properties);
    }
}
