package chat.parley.embedded.postgres;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.EmbeddedProperties;
import chat.parley.embedded.process.ServiceAccount;
import chat.parley.embedded.process.ShutdownHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Runs PostgreSQL as a child process, for events and for data that cannot be rebuilt from them. */
public final class PostgresEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresEngine.class);

    /** Name of Parley's role and database; the role owns the database and is no superuser. */
    private static final String PARLEY = "parley";

    private final Postmaster postmaster;
    private final String password;
    private final ShutdownHook stop;

    private PostgresEngine(Postmaster postmaster, String password) {
        this.postmaster = postmaster;
        this.password = password;
        this.stop = ShutdownHook.register(postmaster::stop);
    }

    public static PostgresEngine start(DataDirectory data, EmbeddedProperties properties) {
        long began = System.nanoTime();
        PostgresBinaries binaries = PostgresBinaries.unpackInto(properties.binariesDir(data));
        ServiceAccount account = ServiceAccount.choose(properties.unprivilegedUser(), binaries.program("postgres"));
        PostgresCluster cluster = PostgresCluster.openOrCreate(data, binaries, account);
        Postmaster postmaster = Postmaster.start(cluster, binaries, account, properties.startTimeout());
        PostgresEngine engine = new PostgresEngine(postmaster, cluster.password());
        try {
            engine.prepareDatabase();
        } catch (RuntimeException failure) {
            engine.close();
            throw failure;
        }
        log.info(
                "PostgreSQL is up on port {} (process {}), {} ms",
                postmaster.port(),
                postmaster.pid(),
                (System.nanoTime() - began) / 1_000_000);
        return engine;
    }

    public JdbcConnectionDetails connectionDetails() {
        return new Details(url(PARLEY), PARLEY, password);
    }

    /** The database of the PostgreSQL that runs on this data directory at present; empty if none does. */
    public static Optional<JdbcConnectionDetails> running(Path dataDir) throws IOException {
        OptionalInt port = Postmaster.runningPort(PostgresCluster.directoryIn(dataDir));
        if (port.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Details(url(port.getAsInt(), PARLEY), PARLEY, PostgresCluster.passwordIn(dataDir)));
    }

    /** Whether this data directory has a database. */
    public static boolean existsIn(Path dataDir) {
        return Files.isDirectory(PostgresCluster.directoryIn(dataDir));
    }

    public long pid() {
        return postmaster.pid();
    }

    @Override
    public void close() {
        stop.run();
        log.info("PostgreSQL has stopped");
    }

    private void prepareDatabase() {
        try (Connection connection = asSuperuser()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
                execute(connection, "CREATE ROLE " + PARLEY + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
                execute(connection, "CREATE DATABASE " + PARLEY + " OWNER " + PARLEY);
            }
        } catch (SQLException failure) {
            throw new StartupFailure(
                    "Parley's database could not be opened: " + failure.getMessage(),
                    "If postgres.password in the data directory was changed, restore it.",
                    failure);
        }
    }

    private Connection asSuperuser() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url("postgres"));
        source.setUser(Postmaster.SUPERUSER);
        source.setPassword(password);
        return source.getConnection();
    }

    private String url(String database) {
        return url(postmaster.port(), database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?ApplicationName=parley";
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, PARLEY);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private record Details(String getJdbcUrl, String getUsername, String getPassword) implements JdbcConnectionDetails {

        /** A record's default would print the password. */
        @Override
        public String toString() {
            return getJdbcUrl;
        }
    }
}
