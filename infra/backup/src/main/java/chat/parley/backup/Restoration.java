package chat.parley.backup;

import chat.parley.api.RandomValues;
import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Table;
import chat.parley.cli.Progress;
import chat.parley.eventstore.postgres.DatabaseSharing;
import chat.parley.vault.OpenedVault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replaces vault and events by those of a backup, in one transaction: a restore that is killed has changed nothing. */
final class Restoration {
    private static final int NAME_BYTES = 9;

    private final Connection connection;
    private final OneTransaction transaction;
    private final JdbcClient jdbc;
    private final Manifest manifest;
    private final Path keyFile;

    private Restoration(Connection connection, Manifest manifest, Path keyFile) {
        this.connection = connection;
        this.transaction = new OneTransaction(connection);
        this.jdbc = JdbcClient.create(transaction);
        this.manifest = manifest;
        this.keyFile = keyFile;
    }

    /**
     * Keeps nodes from starting as long as the connection is open, and begins its transaction.
     *
     * @throws StartupFailure if a node runs
     */
    static Restoration on(Connection connection, Manifest manifest, Path keyFile) throws SQLException {
        if (!DatabaseSharing.EXCLUSIVE.acquire(connection)) {
            throw new StartupFailure(
                    "A node runs on this database, or another restore", "Stop all nodes, then repeat the command");
        }
        connection.setAutoCommit(false);
        return new Restoration(connection, manifest, keyFile);
    }

    /** @throws StartupFailure if the database has what must not be replaced */
    void require(boolean replace) {
        if (!hasEvents() && !hasKeys()) {
            return;
        }
        if (!replace) {
            throw new StartupFailure(
                    "The database already has events or a vault with keys",
                    "Name an empty one, or back this one up and repeat the command with --replace");
        }
        if (hasKeys() && !installationOfTarget().equals(manifest.installation())) {
            throw anotherInstallation(null);
        }
    }

    private boolean hasEvents() {
        return exists("events.domain_events") && hasRow("events.domain_events");
    }

    private boolean hasKeys() {
        return exists("vault.text_keys") && (hasRow("vault.text_keys") || hasRow("vault.erased_authors"));
    }

    private boolean exists(String table) {
        return jdbc.sql("SELECT to_regclass(:table) IS NOT NULL")
                .param("table", table)
                .query(Boolean.class)
                .single();
    }

    private boolean hasRow(String table) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + table + ")")
                .query(Boolean.class)
                .single();
    }

    private String installationOfTarget() {
        try {
            return OpenedVault.open(transaction, keyFile).installation().value();
        } catch (StartupFailure otherKeys) {
            throw anotherInstallation(otherKeys);
        }
    }

    private static StartupFailure anotherInstallation(@Nullable StartupFailure otherKeys) {
        return new StartupFailure(
                "The database belongs to another installation of Parley than the backup",
                "Correct spring.datasource.url or parley.data-dir. If it is to be given up, drop its schemas vault and"
                        + " events by hand",
                otherKeys);
    }

    /** @throws StartupFailure if the key file is of another vault than the backup */
    void restore(BackupReader backup, Progress progress) throws IOException, SQLException {
        dropTables();
        new KnownMigrations(manifest.migrations()).migrate(transaction);
        load(manifest.tables().stream().filter(Table::isOfVault), backup, progress);
        OpenedVault vault = OpenedVault.open(transaction, keyFile);
        if (!vault.installation().value().equals(manifest.installation())) {
            throw new DamagedBackup("The vault in the backup is of another installation than the manifest says");
        }
        load(manifest.tables().stream().filter(table -> !table.isOfVault()), backup, progress);
        progress.end();
        manifest.sequences().forEach(this::set);
        vault.beginEpoch("restore " + RandomValues.text(NAME_BYTES));
        connection.commit();
    }

    /** Waits only some seconds for the tables, because whoever uses them has to be stopped. */
    private void dropTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'");
            statement.execute("DROP SCHEMA IF EXISTS events, vault CASCADE");
            statement.execute("SET LOCAL lock_timeout = 0");
        }
    }

    private void load(Stream<Table> tables, BackupReader backup, Progress progress) throws IOException, SQLException {
        for (Table table : tables.toList()) {
            load(table, backup, progress);
        }
    }

    private void load(Table table, BackupReader backup, Progress progress) throws IOException, SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        long rows;
        try (InputStream file = backup.rows(table, progress)) {
            rows = copies.copyIn("COPY " + table.target() + " FROM STDIN", file);
        }
        if (rows != table.rows()) {
            throw new DamagedBackup("The file " + table.file() + " has " + rows + " rows instead of " + table.rows());
        }
    }

    private void set(String sequence, long last) {
        jdbc.sql("SELECT setval(:sequence::regclass, :last)")
                .param("sequence", sequence)
                .param("last", last)
                .query(Long.class)
                .single();
    }
}
