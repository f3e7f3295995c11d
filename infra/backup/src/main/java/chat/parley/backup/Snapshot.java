package chat.parley.backup;

import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Migration;
import chat.parley.backup.Manifest.Table;
import chat.parley.cli.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables of vault and events as they were at one moment. Nodes go on meanwhile. */
final class Snapshot {
    /** Tables that another one refers to come before that one. Unlogged tables are of processes that run. */
    private static final String TABLES = """
            WITH RECURSIVE ranked (id, rank) AS (
                SELECT oid, 0 FROM pg_class
                WHERE relkind = 'r' AND relpersistence = 'p' AND relname <> 'flyway_schema_history'
                    AND relnamespace IN ('vault'::regnamespace, 'events'::regnamespace)
                UNION
                SELECT k.conrelid, rank + 1 FROM ranked
                JOIN pg_constraint k ON k.confrelid = id AND k.contype = 'f' AND k.conrelid <> id)
            SELECT relnamespace::regnamespace || '.' || relname,
                (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
                greatest(reltuples, 0)::bigint
            FROM ranked JOIN pg_class ON oid = id
            GROUP BY oid, relnamespace, relname, reltuples
            ORDER BY relnamespace = 'events'::regnamespace, max(rank), relname""";

    private static final double WHOLE = 100;

    private final Connection connection;
    private final JdbcClient jdbc;

    private Snapshot(Connection connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /**
     * Begins a transaction of the connection.
     *
     * @throws StartupFailure if there are no events, or a newer version has made the tables
     */
    static Snapshot of(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        Snapshot snapshot = new Snapshot(connection);
        if (!snapshot.hasTables() || snapshot.head() < 0) {
            throw new StartupFailure(
                    "The database has no events of Parley",
                    "Correct parley.data-dir or spring.datasource.url; an installation without events needs no backup");
        }
        KnownMigrations.require(snapshot.migrations(), "The database");
        return snapshot;
    }

    private boolean hasTables() {
        return jdbc.sql("SELECT to_regclass('vault.flyway_schema_history') IS NOT NULL"
                        + " AND to_regclass('events.domain_events') IS NOT NULL")
                .query(Boolean.class)
                .single();
    }

    private long head() {
        return jdbc.sql("SELECT coalesce(max(global_index), -1) FROM events.domain_events")
                .query(Long.class)
                .single();
    }

    private List<Migration> migrations() {
        return jdbc.sql("SELECT script, checksum FROM vault.flyway_schema_history"
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank")
                .query((row, _) -> new Migration(row.getString(1), row.getInt(2)))
                .list();
    }

    /**
     * Writes all tables.
     *
     * @throws StartupFailure if the event store lacks an event
     */
    Manifest writeTo(BackupWriter backup, String installation, Progress progress) throws IOException, SQLException {
        List<Table> estimated = tables();
        long all = estimated.stream().mapToLong(Table::rows).sum();
        List<Table> written = new ArrayList<>();
        long before = 0;
        for (Table table : estimated) {
            long counted = before;
            long rows = backup.write(
                    table.file(),
                    file -> copy(
                            table,
                            new RowCounter(
                                    file,
                                    row -> progress.show(
                                            Math.min(WHOLE, WHOLE * (counted + row) / all), table.name()))));
            written.add(table.withRows(rows));
            before += rows;
            progress.show(Math.min(WHOLE, WHOLE * before / all), table.name());
        }
        progress.end();
        Manifest manifest = manifest(installation, written);
        manifest.requireAllEvents();
        return manifest;
    }

    private long copy(Table table, OutputStream file) throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + table.target() + " TO STDOUT", file);
    }

    private Manifest manifest(String installation, List<Table> tables) {
        return new Manifest(
                Manifest.FORMAT,
                jdbc.sql("SELECT now()").query(OffsetDateTime.class).single().toInstant(),
                installation,
                head(),
                jdbc.sql("SELECT split_part(checkpoint, E'\\n', 1) FROM vault.log_checkpoint")
                        .query(String.class)
                        .optional()
                        .orElse(null),
                migrations(),
                tables,
                sequences());
    }

    /** The number of rows is PostgreSQL's estimate, except for events. */
    private List<Table> tables() {
        return jdbc.sql(TABLES)
                .query((row, _) -> new Table(
                        row.getString(1),
                        List.of((String[]) row.getArray(2).getArray()),
                        row.getString(1).equals(Manifest.EVENTS) ? head() + 1 : row.getLong(3)))
                .list();
    }

    private Map<String, Long> sequences() {
        Map<String, Long> sequences = new TreeMap<>();
        jdbc.sql("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"
                        + " WHERE schemaname IN ('vault', 'events') AND last_value IS NOT NULL")
                .query(row -> {
                    sequences.put(row.getString(1), row.getLong(2));
                });
        return sequences;
    }
}
