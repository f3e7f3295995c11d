package chat.parley.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One PostgreSQL for all tests of this JVM. */
final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Holder {
        // Starting takes up to half a minute while others use the machine.
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setServerConfig("max_connections", "200")
                        .start();
                create(server, "tests");
                Flyway.configure()
                        .dataSource(server.getJdbcUrl("postgres", "tests"), "postgres", "postgres")
                        .schemas("vault")
                        .locations("classpath:db/vault", "classpath:db/events")
                        .outOfOrder(true)
                        .load()
                        .migrate();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestPostgres() {}

    /** The one database with all tables, emptied: for one test at a time. */
    static Database database() {
        Database database = open("tests");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE events.domain_events, events.snapshots, vault.text_keys, vault.secrets,"
                    + " vault.epoch");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    /** A database of its own, without tables. Dear: making and removing it takes longer than most tests. */
    static Database emptyDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        create(Holder.SERVER, name);
        return open(name);
    }

    private static void create(EmbeddedPostgres server, String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Database open(String name) {
        String url = Holder.SERVER.getJdbcUrl("postgres", name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new Database(url, new HikariDataSource(config));
    }

    record Database(String url, HikariDataSource dataSource) implements AutoCloseable {
        WriterConnections writerConnections() {
            return WriterConnections.to(url, null, null, Duration.ofSeconds(30));
        }

        /** Ends the writer's session as an administrator would; answers whether there was one. */
        boolean killWriter() {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE application_name = 'parley-event-writer' AND datname = current_database()")) {
                row.next();
                return row.getInt(1) > 0;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            dataSource.close();
        }
    }
}
