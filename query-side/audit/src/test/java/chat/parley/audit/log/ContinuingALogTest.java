package chat.parley.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tree.Hash;
import chat.parley.verify.SuccessionVerifier;
import chat.parley.verify.SuccessionVerifier.Kept;
import chat.parley.verify.VerificationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** After a migration or a restore, the operator begins a log whose first leaf commits to the last head of the one before. */
class ContinuingALogTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String FORMER = "test/log/first";
    private static final String ORIGIN = "test/log/second";

    @TempDir
    private Path directory;

    private final Database database = TestPostgres.database();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final StoredEvents events = new StoredEvents();
    private final LogTables tables = new LogTables(database.dataSource());
    private final Cosigning unwitnessed = new Cosigning(new WitnessSettings(Map.of(), 1), tables, tables);
    private @Nullable TransparencyLog log;
    private VerifierKey formerKey;
    private SignedCheckpoint kept;
    private SignedCheckpoint last;

    @AfterEach
    void close() {
        stop();
        unwitnessed.close();
        database.close();
    }

    private void stop() {
        if (log != null) {
            log.stop();
        }
    }

    private TransparencyLog start(String origin, @Nullable String predecessor) {
        stop();
        TransparencyLog started = new TransparencyLog(
                events,
                tables,
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                new LogIdentity(directory, origin),
                predecessor,
                MutableClock.betweenMilliseconds(),
                Duration.ofMillis(20),
                _ -> {});
        log = started;
        started.start();
        return started;
    }

    /** A log of 600 events, of which an earlier checkpoint of 400 was kept. */
    @BeforeEach
    void keepALog() throws Exception {
        TransparencyLog former = start(FORMER, null);
        events.appendMany(400);
        kept = former.covering(399, LONG).orElseThrow();
        events.appendMany(600 - kept(kept));
        last = former.covering(599, LONG).orElseThrow();
        formerKey = former.verifier().orElseThrow();
        stop();
    }

    private static void requireCovered(TransparencyLog log, long index) throws InterruptedException {
        assertThat(log.covering(index, LONG)).isPresent();
    }

    private static int kept(SignedCheckpoint checkpoint) {
        return Math.toIntExact(checkpoint.checkpoint().head().size());
    }

    /** The event store is another one, with fewer events. */
    private void restore() {
        events.truncate(0);
        events.appendMany(300);
    }

    private EventProofs proofs(TransparencyLog of) {
        return new EventProofs(events, tables, of, unwitnessed, LONG);
    }

    private void requireContinued(TransparencyLog begun) throws Exception {
        SignedCheckpoint covering = begun.covering(299, LONG).orElseThrow();
        EventProofs proofs = proofs(begun);
        byte[] proof = proofs.predecessor(covering).orElseThrow().toBytes();
        VerifierKey key = begun.verifier().orElseThrow();
        assertThat(SuccessionVerifier.verify(proof, key, new Kept(last, formerKey, Optional.empty())))
                .isEqualTo(last.checkpoint());
        byte[] consistency = proofs.consistency(kept(kept)).orElseThrow().toBytes();
        SuccessionVerifier.verify(proof, key, new Kept(kept, formerKey, Optional.of(consistency)));
    }

    @Test
    void theFirstLeafCommitsToTheLastHead() throws Exception {
        restore();
        requireContinued(start(ORIGIN, FORMER));
        requireContinued(start(ORIGIN, null));
        assertThat(directory).isDirectoryContaining("glob:**/former-*-log.key");
        assertThat(directory).isDirectoryContaining("glob:**/former-*-checkpoint");
    }

    @Test
    void everyLeafOfTheNewLogIsProven() throws Exception {
        restore();
        TransparencyLog begun = start(ORIGIN, FORMER);
        Hash root = begun.covering(299, LONG).orElseThrow().checkpoint().head().root();
        for (long index : new long[] {0, 1, 255, 256, 299}) {
            LogProof proof = proofs(begun).of(index);
            proof.inclusion().require(Hash.leaf(proof.extra().orElseThrow()), root);
        }
        EventEntry second = EventEntry.decode(proofs(begun).of(1).extra().orElseThrow());
        assertThat(second.index()).isEqualTo(1);
    }

    @Test
    void theProofOutlivesTheSaltOfTheFirstEvent() throws Exception {
        restore();
        TransparencyLog begun = start(ORIGIN, FORMER);
        requireCovered(begun, 299);
        jdbc.sql("UPDATE vault.log_salts SET salts = overlay(salts PLACING :zeros FROM 1 FOR 16)")
                .param("zeros", new byte[16])
                .update();
        requireContinued(begun);
    }

    @Test
    void anotherHeadThanTheKeptOneIsFound() throws Exception {
        SignedCheckpoint honest = last;
        stop();
        // The operator rewrites history, and has the key to sign it.
        jdbc.sql("DELETE FROM vault.log_tiles").update();
        jdbc.sql("DELETE FROM vault.log_salts").update();
        jdbc.sql("DELETE FROM vault.log_checkpoint").update();
        Files.delete(directory.resolve("checkpoint"));
        TransparencyLog forged = start(FORMER, null);
        requireCovered(forged, 599);
        restore();
        TransparencyLog begun = start(ORIGIN, FORMER);
        SignedCheckpoint covering = begun.covering(299, LONG).orElseThrow();
        byte[] proof = proofs(begun).predecessor(covering).orElseThrow().toBytes();
        VerifierKey key = begun.verifier().orElseThrow();
        assertThatThrownBy(() -> SuccessionVerifier.verify(proof, key, new Kept(honest, formerKey, Optional.empty())))
                .isInstanceOf(VerificationException.class);
    }

    @Test
    void nothingBeginsWithoutTheOperator() throws Exception {
        restore();
        for (String named : new String[] {null, "test/log/other", ORIGIN}) {
            TransparencyLog stopped = start(ORIGIN, named);
            await().atMost(LONG).until(() -> stopped.state() == TransparencyLog.State.STOPPED);
        }
        assertThat(tables.checkpoint()).contains(last);
    }

    @Test
    void aCrashBetweenDatabaseAndFilesIsRepaired() throws Exception {
        restore();
        tables.succeed(ORIGIN, last);
        requireContinued(start(ORIGIN, FORMER));
    }

    @Test
    void aCrashBetweenTheFilesIsRepaired() throws Exception {
        restore();
        tables.succeed(ORIGIN, last);
        Files.move(directory.resolve("checkpoint"), directory.resolve("former-checkpoint"));
        requireContinued(start(ORIGIN, FORMER));
    }

    @Test
    void theHeadThatWasGivenOutCountsWhenTheVaultWasRolledBack() throws Exception {
        restore();
        jdbc.sql("UPDATE vault.log_checkpoint SET size = :size, checkpoint = :checkpoint")
                .param("size", kept(kept))
                .param("checkpoint", kept.toString())
                .update();
        requireContinued(start(ORIGIN, FORMER));
    }

    @Test
    void twoHeadsOfOneSizeStopTheLog() throws Exception {
        restore();
        String forged = last.toString();
        Files.delete(directory.resolve("checkpoint"));
        jdbc.sql("DELETE FROM vault.log_tiles").update();
        jdbc.sql("DELETE FROM vault.log_salts").update();
        jdbc.sql("DELETE FROM vault.log_checkpoint").update();
        events.appendMany(300);
        requireCovered(start(FORMER, null), 599);
        stop();
        Files.writeString(directory.resolve("checkpoint"), forged);
        TransparencyLog stopped = start(ORIGIN, FORMER);
        await().atMost(LONG).until(() -> stopped.state() == TransparencyLog.State.STOPPED);
        assertThat(tables.predecessor(ORIGIN)).isEmpty();
    }

    @Test
    void aLogThatContinuesNoneHasNoPredecessor() throws Exception {
        TransparencyLog same = start(FORMER, null);
        SignedCheckpoint covering = same.covering(599, LONG).orElseThrow();
        assertThat(proofs(same).predecessor(covering)).isEmpty();
        assertThat(proofs(same).consistency(1)).isEmpty();
    }

    @Test
    void aSizeThatTheLogBeforeNeverHadIsRefused() throws Exception {
        restore();
        TransparencyLog begun = start(ORIGIN, FORMER);
        requireCovered(begun, 299);
        for (long size : new long[] {Long.MIN_VALUE, 0, 601, Long.MAX_VALUE}) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> proofs(begun).consistency(size))
                    .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_PARAMETER));
        }
    }

    @Test
    void aLogIsContinuedMoreThanOnce() throws Exception {
        restore();
        TransparencyLog second = start(ORIGIN, FORMER);
        kept = second.covering(299, LONG).orElseThrow();
        last = kept;
        formerKey = second.verifier().orElseThrow();
        stop();
        restore();
        requireContinued(start("test/log/third", ORIGIN));
    }
}
