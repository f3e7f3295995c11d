package chat.parley.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One PostgreSQL for all tests of this JVM. Its databases are used by their owner, who is no superuser. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TEMPLATE = "tables";
    private static final String TEMPLATE_CLAUSE = " TEMPLATE " + TEMPLATE;
    private static final String OWNER = "parley";

    private static final class Holder {
        // Starting takes up to half a minute while others use the machine.
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setServerConfig("max_connections", "200")
                        .start();
                execute(server, "CREATE ROLE " + OWNER + " LOGIN");
                create(server, TEMPLATE, "");
                migrate(server.getJdbcUrl(OWNER, TEMPLATE));
                create(server, "tests", TEMPLATE_CLAUSE);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestPostgres() {}

    /** The one database with all tables, emptied: for one test at a time. */
    public static Database database() {
        Database database = open("tests");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT schemaname || '.' || tablename FROM pg_tables"
                    + " WHERE schemaname IN ('events', 'vault') AND tablename <> 'flyway_schema_history'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            statement.execute("TRUNCATE " + String.join(", ", tables));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    /** A database of its own with all tables, for tests that run at the same time as others. */
    public static Database ownDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        create(Holder.SERVER, name, TEMPLATE_CLAUSE);
        return open(name);
    }

    /** A database of its own, without tables. Dear: making and removing it takes longer than most tests. */
    public static Database emptyDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        create(Holder.SERVER, name, "");
        return open(name);
    }

    /** Creates all tables. */
    public static void migrate(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .schemas("vault")
                .locations("classpath:db/vault", "classpath:db/events")
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private static void create(EmbeddedPostgres server, String name, String template) {
        execute(server, "CREATE DATABASE " + name + " OWNER " + OWNER + template);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Database open(String name) {
        return at(Holder.SERVER.getJdbcUrl(OWNER, name));
    }

    /** A pool of connections to another PostgreSQL. */
    public static Database at(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        return new Database(url, new HikariDataSource(config));
    }

    public record Database(String url, HikariDataSource dataSource) implements AutoCloseable {
        @Override
        public void close() {
            dataSource.close();
        }
    }
}
