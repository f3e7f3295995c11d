package chat.parley.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.audit.StoredEvents;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.audit.log.witness.WitnessSettings;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class KeepingTheLogTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private final Database database = TestPostgres.database();
    private final StoredEvents events = new StoredEvents();
    private final LogTables tables = new LogTables(database.dataSource());
    private final Cosigning unwitnessed = new Cosigning(new WitnessSettings(Map.of(), 1), tables, tables);
    private TransparencyLog log = log();

    private TransparencyLog log() {
        return new TransparencyLog(
                events,
                tables,
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                new LogIdentity(directory == null ? Path.of("unused") : directory, "test/log"),
                null,
                MutableClock.betweenMilliseconds(),
                INTERVAL,
                _ -> {});
    }

    @AfterEach
    void close() {
        log.stop();
        unwitnessed.close();
        database.close();
    }

    private void start() {
        log = log();
        log.start();
    }

    private void restart() {
        log.stop();
        start();
    }

    private SignedCheckpoint covering(long index) throws InterruptedException {
        return log.covering(index, LONG).orElseThrow();
    }

    private EventProofs proofs() {
        return new EventProofs(events, tables, log, unwitnessed, LONG);
    }

    private void requireProof(long index, TreeHead head) {
        LogProof proof = proofs().of(index);
        EventEntry entry = EventEntry.decode(proof.extra().orElseThrow());
        assertThat(entry.index()).isEqualTo(index);
        assertThat(entry.payload())
                .isEqualTo(Hash.plain(events.at(index).orElseThrow().payload()));
        assertThat(proof.checkpoint().by(log.verifier().orElseThrow())).isPresent();
        proof.inclusion().require(Hash.leaf(proof.extra().orElseThrow()), head.root());
    }

    @Test
    void aCheckpointCoversEveryStoredEvent() throws Exception {
        events.appendMany(700);
        start();
        TreeHead head = covering(699).checkpoint().head();
        assertThat(head.size()).isEqualTo(700);
        for (long index : new long[] {0, 1, 255, 256, 511, 512, 699}) {
            requireProof(index, head);
        }
    }

    @Test
    void theLogGrowsWithoutChangingItsPast() throws Exception {
        start();
        events.appendMany(300);
        TreeHead earlier = covering(299).checkpoint().head();
        events.appendMany(1_000);
        TreeHead later = covering(1_299).checkpoint().head();
        new MerkleTree(new TileReader(tables, later.size()), later.size())
                .consistency(earlier.size())
                .require(earlier.root(), later.root());
    }

    @Test
    void aRestartContinuesTheSameLog() throws Exception {
        events.appendMany(257);
        start();
        TreeHead before = covering(256).checkpoint().head();
        events.appendMany(10);
        restart();
        TreeHead after = covering(266).checkpoint().head();
        new MerkleTree(new TileReader(tables, after.size()), after.size())
                .consistency(before.size())
                .require(before.root(), after.root());
        requireProof(3, after);
        requireProof(266, after);
    }

    @Test
    void aFailingEventStoreIsReadAgain() throws Exception {
        events.fail(true);
        start();
        events.appendMany(3);
        events.fail(false);
        assertThat(covering(2).checkpoint().head().size()).isEqualTo(3);
    }

    @Test
    void aTransactionThatFailedLeavesNothingBehind() throws Exception {
        events.appendMany(5);
        start();
        covering(4);
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("ALTER TABLE vault.log_checkpoint ADD CONSTRAINT small CHECK (size < 6)")
                .update();
        events.appendMany(300);
        await().atMost(LONG).until(() -> log.lag() == 300);
        jdbc.sql("ALTER TABLE vault.log_checkpoint DROP CONSTRAINT small").update();
        TreeHead head = covering(304).checkpoint().head();
        requireProof(0, head);
        requireProof(304, head);
    }

    @Test
    void stopsWhenTheEventStoreWasTruncated() throws Exception {
        events.appendMany(20);
        start();
        covering(19);
        log.stop();
        events.truncate(10);
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
        events.appendMany(30);
        assertThat(log.covering(30, Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void stopsWhenTheDatabaseWasRolledBack() throws Exception {
        events.appendMany(20);
        start();
        SignedCheckpoint old = covering(19);
        events.appendMany(20);
        covering(39);
        log.stop();
        JdbcClient.create(database.dataSource())
                .sql("UPDATE vault.log_checkpoint SET size = 20, checkpoint = :old")
                .param("old", old.toString())
                .update();
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
    }

    /** As long as the one before, or longer: the salts are others, so the leaves are. */
    @Test
    void stopsWhenAnotherNodeContinuedARolledBackDatabase() throws Exception {
        events.appendMany(20);
        start();
        covering(19);
        log.stop();
        byte[] given = Files.readAllBytes(directory.resolve("checkpoint"));
        JdbcClient.create(database.dataSource())
                .sql("TRUNCATE vault.log_checkpoint, vault.log_tiles, vault.log_salts")
                .update();
        Files.delete(directory.resolve("checkpoint"));
        events.appendMany(20);
        start();
        covering(39);
        log.stop();
        Files.write(directory.resolve("checkpoint"), given);
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
    }

    @Test
    void stopsWhenTheSigningKeyIsMissing() throws Exception {
        events.appendMany(1);
        start();
        covering(0);
        log.stop();
        Files.delete(directory.resolve("log.key"));
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
        assertThat(directory.resolve("log.key")).doesNotExist();
    }

    @Test
    void stopsWhenTheSigningKeyIsAnother() throws Exception {
        events.appendMany(1);
        start();
        covering(0);
        log.stop();
        Files.delete(directory.resolve("log.key"));
        new LogIdentity(directory, "test/log").key(false);
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
    }

    /** The vault was lost together with the key: a new key would begin a log that contradicts the checkpoint. */
    @Test
    void stopsWhenOnlyThePublishedCheckpointIsLeft() throws Exception {
        events.appendMany(1);
        start();
        covering(0);
        log.stop();
        JdbcClient.create(database.dataSource())
                .sql("TRUNCATE vault.log_checkpoint, vault.log_tiles, vault.log_salts")
                .update();
        Files.delete(directory.resolve("log.key"));
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
        assertThat(directory.resolve("log.key")).doesNotExist();
        assertThat(tables.checkpoint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "log.key, ''",
        "log.key, garbage",
        "log.key, PRIVATE+KEY+test/log+00000000+AAAA",
        "checkpoint, ''",
        "checkpoint, garbage"
    })
    void stopsWhenAFileIsDamaged(String name, String content) throws Exception {
        events.appendMany(1);
        start();
        SignedCheckpoint signed = covering(0);
        log.stop();
        Files.writeString(directory.resolve(name), content);
        events.appendMany(1);
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
        assertThat(directory.resolve(name)).hasContent(content);
        assertThat(tables.checkpoint()).contains(signed);
    }

    @Test
    void aDamagedKeyOfANewLogIsNotReplaced() throws Exception {
        Files.writeString(directory.resolve("log.key"), "");
        events.appendMany(1);
        start();
        await().atMost(LONG).until(() -> log.state() == TransparencyLog.State.STOPPED);
        assertThat(directory.resolve("log.key")).isEmptyFile();
    }

    @Test
    void onlyTheOwnerReadsTheSigningKey() throws IOException {
        new LogIdentity(directory, "test/log").key(false);
        assertThat(Files.getPosixFilePermissions(directory.resolve("log.key"))).hasSize(2);
    }

    @Test
    void aShreddedSaltLeavesTheProofAndTakesTheEntry() throws Exception {
        events.appendMany(3);
        start();
        TreeHead head = covering(2).checkpoint().head();
        Hash leaf = Hash.leaf(proofs().of(1).extra().orElseThrow());
        JdbcClient.create(database.dataSource())
                .sql("UPDATE vault.log_salts SET salts = overlay(salts PLACING :zeros FROM 17 FOR 16)")
                .param("zeros", new byte[16])
                .update();
        LogProof proof = proofs().of(1);
        assertThat(proof.extra()).isEmpty();
        proof.inclusion().require(leaf, head.root());
        requireProof(2, head);
    }

    @Test
    void anEventBeyondTheHeadHasNoProof() throws Exception {
        events.appendMany(1);
        start();
        covering(0);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> proofs().of(1))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.EVENT_NOT_FOUND));
    }
}
