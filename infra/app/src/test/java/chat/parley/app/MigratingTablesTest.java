package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.process.StartupFailure;
import chat.parley.eventstore.postgres.DatabaseSharing;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Versions of Parley that start one after another on one PostgreSQL, each with migrations of its own. */
class MigratingTablesTest {
    private final Database database = TestPostgres.emptyDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @TempDir
    private Path older;

    @TempDir
    private Path newer;

    @AfterEach
    void close() {
        database.close();
    }

    private Flyway version(Path migrations) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("vault")
                .locations("filesystem:" + migrations)
                .outOfOrder(true)
                .load();
    }

    private void write(Path version, String name, String sql) throws IOException {
        Files.writeString(version.resolve(name), sql);
    }

    @BeforeEach
    void olderVersion() throws IOException {
        write(older, "V2_1__people.sql", "CREATE TABLE vault.people (id int)");
        write(newer, "V2_1__people.sql", "CREATE TABLE vault.people (id int)");
        MigrationConfiguration.migrate(version(older));
    }

    private long migrations() {
        return jdbc.sql("SELECT count(*) FROM vault.flyway_schema_history")
                .query(Long.class)
                .single();
    }

    private void isRefused(Path version, String... problem) {
        long before = migrations();
        assertThatExceptionOfType(StartupFailure.class)
                .isThrownBy(() -> MigrationConfiguration.migrate(version(version)))
                .withMessageContainingAll(problem);
        assertThat(migrations()).isEqualTo(before);
    }

    @Test
    void anOlderVersionDoesNotStartOnNewerTables() throws IOException {
        write(newer, "V2_2__names.sql", "ALTER TABLE vault.people ADD COLUMN name text");
        MigrationConfiguration.migrate(version(newer));
        isRefused(older, "a newer version of Parley", "2.2 (names)");
        MigrationConfiguration.migrate(version(newer));
    }

    @Test
    void norIfANewerMigrationHasALowerNumber() throws IOException {
        write(newer, "V1_1__first.sql", "CREATE TABLE vault.first (id int)");
        MigrationConfiguration.migrate(version(newer));
        isRefused(older, "a newer version of Parley", "1.1 (first)");
    }

    @Test
    void anOlderVersionStartsOnTablesThatWereExpanded() throws IOException {
        write(newer, "V1_1__expand_first.sql", "CREATE TABLE vault.first (id int)");
        write(newer, "V2_2__expand_names.sql", "ALTER TABLE vault.people ADD COLUMN name text");
        MigrationConfiguration.migrate(version(newer));
        MigrationConfiguration.migrate(version(older));
        write(older, "V2_3__expand_dates.sql", "ALTER TABLE vault.people ADD COLUMN born date");
        MigrationConfiguration.migrate(version(older));
        MigrationConfiguration.migrate(version(newer));
        assertThat(migrations()).isEqualTo(5);
    }

    @Test
    void onlyExpandingMigrationsAreMadeWhileNodesRun() throws Exception {
        try (Connection node = DriverManager.getConnection(database.url())) {
            assertThat(DatabaseSharing.SHARED.acquire(node)).isTrue();
            write(newer, "V2_2__expand_names.sql", "ALTER TABLE vault.people ADD COLUMN name text");
            MigrationConfiguration.migrate(version(newer));
            write(newer, "V2_3__contract_ids.sql", "ALTER TABLE vault.people DROP COLUMN id");
            isRefused(newer, "2.3 (contract ids)", "nodes of another version", "Stop all nodes");
        }
        MigrationConfiguration.migrate(version(newer));
        assertThat(migrations()).isEqualTo(4);
    }

    @Test
    void noNodeStartsDuringAnyOtherMigration() throws Exception {
        write(
                newer,
                "V2_2__contract_ids.sql",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
                        + " AND classid = 20545 AND objid = 1380730201) THEN RAISE 'no lock'; END IF; END $$");
        MigrationConfiguration.migrate(version(newer));
        assertThat(migrations()).isEqualTo(3);
    }

    @Test
    void aFailedMigrationLeavesNothingAndMayBeRepeated() throws IOException {
        String first = "ALTER TABLE vault.people ADD COLUMN name text;\n";
        write(newer, "V2_2__names.sql", first + "UPDATE vault.missing SET id = 1;");
        isRefused(newer, "could not be migrated", "rolled back");
        MigrationConfiguration.migrate(version(older));
        write(newer, "V2_2__names.sql", first + "UPDATE vault.people SET name = 'x';");
        MigrationConfiguration.migrate(version(newer));
        assertThat(migrations()).isEqualTo(3);
    }

    @Test
    void aMigrationThatMayBeHalfDoneIsNamed() throws IOException {
        write(newer, "V2_2__names.sql", "ALTER TABLE vault.people ADD COLUMN name text");
        MigrationConfiguration.migrate(version(newer));
        jdbc.sql("UPDATE vault.flyway_schema_history SET success = false WHERE version = '2.2'")
                .update();
        isRefused(newer, "2.2 (names)", "half done");
    }
}
