package chat.parley.eventstore.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for the event writer. They are not pooled: the writer keeps its connection permanently, and must
 * notice within seconds, not after the pool's timeout, that PostgreSQL is unreachable.
 */
@FunctionalInterface
public interface WriterConnections {
    Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    Connection open() throws SQLException;

    /** @param silence how long PostgreSQL may take to answer before the connection counts as lost */
    static WriterConnections to(String url, @Nullable String username, @Nullable String password, Duration silence) {
        return to(url, username, password, silence, "parley-event-writer");
    }

    /** @param name how PostgreSQL names the connections in its list of activity */
    static WriterConnections to(
            String url, @Nullable String username, @Nullable String password, Duration silence, String name) {
        Properties properties = new Properties();
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(silence.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        return () -> DriverManager.getConnection(url, properties);
    }
}
