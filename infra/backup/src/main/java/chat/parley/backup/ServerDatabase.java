package chat.parley.backup;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.postgres.PostgresEngine;
import chat.parley.embedded.process.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The PostgreSQL with the vault and the events. An embedded one is started if it does not run. */
final class ServerDatabase implements AutoCloseable {
    private final String url;
    private final Properties access = new Properties();
    private final @Nullable Engine engine;

    private ServerDatabase(String url, @Nullable String username, @Nullable String password, @Nullable Engine engine) {
        this.url = url;
        this.engine = engine;
        put("user", username);
        put("password", password);
        put("ApplicationName", "parley-backup");
        put("connectTimeout", "10");
        put("tcpKeepAlive", "true");
    }

    private ServerDatabase(JdbcConnectionDetails details, @Nullable Engine engine) {
        this(details.getJdbcUrl(), details.getUsername(), details.getPassword(), engine);
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            access.setProperty(name, value);
        }
    }

    /** A server that runs goes on. */
    static ServerDatabase toRead(ServerSettings settings) throws IOException {
        if (!settings.embedded()) {
            return remote(settings);
        }
        if (!PostgresEngine.existsIn(settings.dataDir())) {
            throw new StartupFailure(
                    "The data directory " + settings.dataDir() + " has no database", "Name another in parley.data-dir");
        }
        Path dataDir = settings.dataDir().toRealPath();
        Optional<JdbcConnectionDetails> running = PostgresEngine.running(dataDir);
        return running.isPresent() ? new ServerDatabase(running.get(), null) : embedded(settings);
    }

    /** @throws StartupFailure if a server uses an embedded PostgreSQL */
    static ServerDatabase toReplace(ServerSettings settings) {
        return settings.embedded() ? embedded(settings) : remote(settings);
    }

    private static ServerDatabase remote(ServerSettings settings) {
        return new ServerDatabase(settings.url(), settings.username(), settings.password(), null);
    }

    private static ServerDatabase embedded(ServerSettings settings) {
        DataDirectory data = DataDirectory.open(settings.dataDir());
        try {
            PostgresEngine postgres = PostgresEngine.start(data, settings.engines());
            return new ServerDatabase(postgres.connectionDetails(), new Engine(data, postgres));
        } catch (RuntimeException failed) {
            data.close();
            throw failed;
        }
    }

    /** A table may take longer than the limits for the sessions of nodes. */
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, access);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN"
                    + " ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.postgres().close();
            engine.data().close();
        }
    }

    private record Engine(DataDirectory data, PostgresEngine postgres) {}
}
