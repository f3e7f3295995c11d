package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.ChildJvm;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** The command {@code restore} into databases on which no node runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoringTest {
    /** All rows of a restored table that must be those of the backup. */
    private static final String EVENTS = "SELECT md5(string_agg(e::text, E'\\n' ORDER BY global_index))"
            + " FROM events.domain_events e WHERE global_index <= :head";

    /** Keys that texts of events are sealed under, as author key and day. */
    private static final String MISSING_KEYS = """
            WITH sealed AS (
                SELECT aggregate_identifier AS conversation, split_part(found[1], '.', 1) AS author_key,
                    found[1] LIKE '%.%' AS by_day
                FROM events.domain_events,
                    regexp_matches(convert_from(payload, 'UTF8'), '"keyId":"([^"]+)"', 'g') found)
            SELECT count(*) FROM sealed
            WHERE NOT EXISTS (SELECT FROM vault.text_keys WHERE key_id = author_key)
                OR by_day AND NOT EXISTS (SELECT FROM vault.conversation_keys k WHERE k.conversation = sealed.conversation)""";

    private static final int SENDERS = 3;
    private static final int ROUNDS = 5;

    private final SharedEngines engines = SharedEngines.start();
    private final Database target = TestPostgres.emptyDatabase();
    private final JdbcClient source = JdbcClient.create(engines.postgres().dataSource());
    private final JdbcClient restored = JdbcClient.create(target.dataSource());
    private ParleyServer server;
    private Path backup;

    @TempDir
    private Path directory;

    @BeforeAll
    void backUp(@TempDir Path backups) {
        server = engines.startNode();
        TestUser alice = server.newPerson();
        DirectConversationScenario.send(alice, alice.startGroup(server.newPerson()), "kept");
        Awaitility.await()
                .until(() -> source.sql("SELECT count(*) FROM vault.log_checkpoint")
                                .query(Long.class)
                                .single()
                        == 1);
        backup = backups.resolve("backup");
        backUpTo(backup);
    }

    @AfterEach
    void empty() {
        restored.sql("DROP SCHEMA IF EXISTS vault, events CASCADE").update();
    }

    @AfterAll
    void stop() {
        server.close();
        target.close();
        engines.close();
    }

    private void backUpTo(Path to) {
        OperatorCommand.run(engines.settings(), "backup", to.toString()).expectDone();
    }

    private OperatorCommand restore(Path from, String... more) {
        return OperatorCommand.run(settings(more), "restore", from.toString());
    }

    private OperatorCommand replace(Path from, String... more) {
        return OperatorCommand.run(settings(more), "restore", "--replace", from.toString());
    }

    private String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        if (settings.stream().noneMatch(setting -> setting.startsWith("spring.datasource.url="))) {
            settings.add("spring.datasource.url=" + target.url());
        }
        return engines.settings(settings.toArray(String[]::new));
    }

    private static long head(Path backup) throws IOException {
        return ApiClient.JSON
                .readTree(Files.readAllBytes(backup.resolve("manifest.json")))
                .path("head")
                .asLong();
    }

    private void expectRestored(Path from) throws IOException {
        long head = head(from);
        assertThat(restored.sql(EVENTS)
                        .param("head", Long.MAX_VALUE)
                        .query(String.class)
                        .single())
                .isEqualTo(source.sql(EVENTS)
                        .param("head", head)
                        .query(String.class)
                        .single());
        assertThat(restored.sql("SELECT count(*) FROM events.domain_events")
                        .query(Long.class)
                        .single())
                .isEqualTo(head + 1);
        assertThat(restored.sql(MISSING_KEYS).query(Long.class).single()).isZero();
        assertThat(restored.sql("SELECT max(size) FROM vault.log_checkpoint")
                        .query(Long.class)
                        .optional())
                .hasValueSatisfying(size -> assertThat(size).isLessThanOrEqualTo(head + 1));
    }

    private void expectUntouched() {
        assertThat(restored.sql("SELECT count(*) FROM pg_namespace WHERE nspname IN ('vault', 'events')")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private String epoch(JdbcClient database) {
        return database.sql("SELECT value FROM vault.epoch").query(String.class).single();
    }

    @Test
    void eventsAndVaultComeBackInANewEpoch() throws IOException {
        OperatorCommand done = restore(backup).expectDone();
        assertThat(done.out()).contains("Restored " + (head(backup) + 1) + " events", "transparency.predecessor");
        expectRestored(backup);
        assertThat(epoch(restored)).isNotEqualTo(epoch(source));
        List<String> tables = source.sql("SELECT schemaname || '.' || tablename FROM pg_tables"
                        + " WHERE schemaname IN ('vault', 'events') ORDER BY 1")
                .query(String.class)
                .list();
        assertThat(restored.sql("SELECT schemaname || '.' || tablename FROM pg_tables"
                                + " WHERE schemaname IN ('vault', 'events') ORDER BY 1")
                        .query(String.class)
                        .list())
                .isEqualTo(tables);
    }

    /** Nobody was stopped, so each backup is of whatever moment. */
    @Test
    void aBackupWhilePeopleSendHoldsABeginningOfTheOrderAndAllItsKeys() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(people.submit(() -> sendUntil(enough)));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    long before = headOfSource();
                    Awaitility.await().until(() -> headOfSource() > before);
                    Path one = directory.resolve("backup" + round);
                    backUpTo(one);
                    assertThat(head(one)).isGreaterThan(before);
                    restore(one).expectDone();
                    expectRestored(one);
                    empty();
                }
            } finally {
                enough.set(true);
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
    }

    /** Each author and each group has keys that no event had before. */
    private void sendUntil(AtomicBoolean enough) {
        while (!enough.get()) {
            TestUser author = server.newPerson();
            String group = author.startGroup();
            for (int message = 0; message < 3; message++) {
                DirectConversationScenario.send(author, group, "message " + message);
            }
        }
    }

    private long headOfSource() {
        return source.sql("SELECT max(global_index) FROM events.domain_events")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource({
        "unfinished, SHA256SUMS is missing",
        "no manifest, lacks manifest.json",
        "no table, lacks vault.text_keys.copy.gz",
        "flipped byte, events.domain_events.copy.gz is damaged",
        "cut file, events.domain_events.copy.gz is damaged",
        "flipped manifest, manifest.json is damaged",
        "flipped sum, is damaged",
        "fewer sums, lacks vault.secrets.copy.gz"
    })
    void aDamagedBackupIsNamed(String damage, String reason) throws IOException {
        Path damaged = copy();
        Path events = damaged.resolve("events.domain_events.copy.gz");
        Path sums = damaged.resolve("SHA256SUMS");
        switch (damage) {
            case "unfinished" -> Files.delete(sums);
            case "no manifest" -> Files.delete(damaged.resolve("manifest.json"));
            case "no table" -> Files.delete(damaged.resolve("vault.text_keys.copy.gz"));
            case "flipped byte" -> flip(events, (int) Files.size(events) / 2);
            case "cut file" -> {
                byte[] bytes = Files.readAllBytes(events);
                Files.write(events, Arrays.copyOf(bytes, bytes.length - 100));
            }
            case "flipped manifest" -> flip(damaged.resolve("manifest.json"), 100);
            case "flipped sum" -> flip(sums, 0);
            default ->
                Files.write(
                        sums,
                        Files.readAllLines(sums).stream()
                                .filter(line -> !line.endsWith("  vault.secrets.copy.gz"))
                                .toList());
        }
        restore(damaged).expectRefusal(1, reason, "Take another backup");
        expectUntouched();
    }

    private Path copy() throws IOException {
        Path copy = directory.resolve("copy");
        FileSystemUtils.copyRecursively(backup, copy);
        return copy;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"format\" : 1', '\"format\" : 2', has the format 2",
        "'\"V9_2__processing_nodes.sql\"', '\"V9_3__of_tomorrow.sql\"', lacks the migration V9_3__of_tomorrow.sql"
    })
    void aBackupOfANewerVersionIsRefused(String text, String newer, String reason) throws Exception {
        Path copy = copy();
        Path manifest = copy.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(text, newer));
        Path sums = copy.resolve("SHA256SUMS");
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(manifest)));
        Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{64}(?=  manifest)", sum));
        restore(copy).expectRefusal(3, reason, "newer");
        expectUntouched();
    }

    @Test
    void aBackupOfAnOlderVersionGetsItsOwnTables() throws IOException {
        restore(backup).expectDone();
        restored.sql("DROP TABLE vault.processing_nodes").update();
        restored.sql("DELETE FROM vault.flyway_schema_history WHERE version = '9.2'")
                .update();
        Path older = directory.resolve("older");
        OperatorCommand.run(settings(), "backup", older.toString()).expectDone();
        empty();
        restore(older).expectDone();
        expectRestored(older);
        assertThat(restored.sql("SELECT to_regclass('vault.processing_nodes') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        // The next start brings them up to date.
        try (SharedEngines readSide = SharedEngines.start();
                ParleyServer started = engines.startNode(
                        "spring.datasource.url=" + target.url(),
                        "spring.mongodb.uri=" + readSide.mongo(),
                        "parley.transparency.enabled=false")) {
            assertThat(started.newPerson().id).isNotEmpty();
        }
        assertThat(restored.sql("SELECT to_regclass('vault.processing_nodes') IS NULL")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void whatADatabaseHasIsReplacedOnlyIfThatIsSaid() throws IOException {
        restore(backup).expectDone();
        String before = epoch(restored);
        restore(backup).expectRefusal(3, "already has events", "--replace");
        assertThat(epoch(restored)).isEqualTo(before);
        restored.sql("DELETE FROM events.domain_events WHERE global_index > 2").update();
        replace(backup).expectDone();
        expectRestored(backup);
        assertThat(epoch(restored)).isNotEqualTo(before);
    }

    @Test
    void anotherInstallationIsNeverReplaced() throws IOException {
        try (SharedEngines others = SharedEngines.start()) {
            try (ParleyServer other = others.startNode()) {
                other.newPerson();
            }
            JdbcClient rows = JdbcClient.create(others.postgres().dataSource());
            String before = epoch(rows);
            String there = "spring.datasource.url=" + others.postgres().url();
            replace(backup, there).expectRefusal(3, "another installation");
            // A key file that has both installations' keys does not change that.
            Path both = directory.resolve("both.keys");
            Files.writeString(both, Files.readString(engines.keyFile()) + Files.readString(others.keyFile()));
            replace(backup, there, "parley.vault.key-file=" + both).expectRefusal(3, "another installation");
            assertThat(epoch(rows)).isEqualTo(before);
        }
    }

    @Test
    void withoutTheKeysOfTheBackupNothingIsRestored() throws IOException {
        restore(backup, "parley.vault.key-file=" + directory.resolve("none")).expectRefusal(3, "is missing");
        Path other = Files.writeString(
                directory.resolve("other.keys"), "other AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        restore(backup, "parley.vault.key-file=" + other).expectRefusal(3, "lacks");
        String keys = Files.readString(engines.keyFile());
        String name = keys.substring(0, keys.indexOf(' '));
        Files.writeString(other, name + " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        restore(backup, "parley.vault.key-file=" + other).expectRefusal(3, "does not decrypt");
        expectUntouched();
    }

    @Test
    void aNodeThatRunsIsNotReplacedUnderneath() {
        String before = epoch(source);
        replace(backup, "spring.datasource.url=" + engines.postgres().url())
                .expectRefusal(3, "A node runs on this database", "Stop all nodes");
        assertThat(epoch(source)).isEqualTo(before);
    }

    /** Whoever uses them need not be a node that appends. */
    @Test
    void tablesInUseAreNotReplacedUnderneath() throws Exception {
        restore(backup).expectDone();
        String before = epoch(restored);
        try (Connection reader = target.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(reader, true))
                    .sql("LOCK TABLE vault.sessions IN ACCESS SHARE MODE")
                    .update();
            replace(backup).expectRefusal(3, "The tables are in use", "Stop all nodes");
            reader.rollback();
        }
        assertThat(epoch(restored)).isEqualTo(before);
        expectRestored(backup);
    }

    @Test
    void aRestoreThatWasKilledHasChangedNothingAndIsBegunAgain() throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-Xmx128m", ParleyApplication.class.getName(), "restore", backup.toString()));
        for (String setting : settings()) {
            arguments.add("--" + setting);
        }
        try (Connection holder = target.dataSource().getConnection()) {
            // Held between the rows of the vault and those of the events.
            JdbcClient lock = JdbcClient.create(new SingleConnectionDataSource(holder, true));
            lock.sql("SELECT pg_advisory_lock(:wrapping)")
                    .param("wrapping", 0x7061726c65790002L)
                    .query((_, _) -> 1)
                    .single();
            try (ChildJvm restoring = ChildJvm.start(directory.resolve("log"), arguments)) {
                Awaitility.await()
                        .atMost(ParleyServer.PATIENCE)
                        .until(() -> !restoring.process().isAlive() || waiting() > 0);
                assertThat(waiting()).as(restoring.output()).isOne();
                restoring.kill();
            }
            lock.sql("SELECT pg_advisory_unlock_all()").query((_, _) -> 1).single();
        }
        Awaitility.await().untilAsserted(this::expectUntouched);
        Awaitility.await()
                .until(() ->
                        restored.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'parley-backup'")
                                        .query(Long.class)
                                        .single()
                                == 0);
        restore(backup).expectDone();
        expectRestored(backup);
    }

    private long waiting() {
        return restored.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .query(Long.class)
                .single();
    }
}
