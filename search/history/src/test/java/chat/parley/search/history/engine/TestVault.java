package chat.parley.search.history.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL for all tests of this JVM, because it takes seconds to start; emptied for each test. */
public final class TestVault {
    private static final class Holder {
        static final DataSource VAULT = start();

        private static DataSource start() {
            try {
                DataSource vault = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start()
                        .getPostgresDatabase();
                Flyway.configure()
                        .dataSource(vault)
                        .schemas("vault")
                        .locations("classpath:db/vault")
                        .load()
                        .migrate();
                return vault;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestVault() {}

    public static DataSource emptied() {
        JdbcClient.create(Holder.VAULT)
                .sql("truncate vault.search_dead_letters, vault.saved_searches")
                .update();
        return Holder.VAULT;
    }
}
