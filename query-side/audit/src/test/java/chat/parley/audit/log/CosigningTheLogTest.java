package chat.parley.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.audit.StoredEvents;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.audit.log.witness.RemoteWitness.State;
import chat.parley.audit.log.witness.WitnessSettings;
import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.witness.AddCheckpointRequest;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The log and the witness's own command, over HTTP. */
class CosigningTheLogTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private final Database database = TestPostgres.database();
    private final StoredEvents events = new StoredEvents();
    private final LogTables tables = new LogTables(database.dataSource());
    private final Map<String, WitnessProcess> processes = new LinkedHashMap<>();
    private final Map<VerifierKey, URI> witnesses = new LinkedHashMap<>();
    private VerifierKey logKey;
    private Cosigning cosigning;
    private TransparencyLog log;

    @BeforeEach
    void makeKey() {
        logKey = new LogIdentity(directory, "test/log").key(false).verifier();
        open(1);
    }

    @AfterEach
    void close() throws InterruptedException {
        stop();
        for (WitnessProcess process : processes.values()) {
            process.stop();
        }
        database.close();
    }

    private WitnessProcess witness(String name) throws Exception {
        WitnessProcess process = new WitnessProcess(directory, name, logKey);
        processes.put(name, process);
        witnesses.put(process.key(), process.url());
        return process;
    }

    private void start(int quorum) {
        cosigning.close();
        open(quorum);
        log.start();
        cosigning.start();
    }

    private void open(int quorum) {
        cosigning = new Cosigning(new WitnessSettings(witnesses, quorum), tables, tables);
        log = new TransparencyLog(
                events,
                tables,
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                new LogIdentity(directory, "test/log"),
                null,
                MutableClock.betweenMilliseconds(),
                INTERVAL,
                cosigning::offer);
    }

    private void stop() {
        log.stop();
        cosigning.close();
    }

    private SignedCheckpoint cosigned(long index) throws InterruptedException {
        return cosigning.covering(index, LONG).orElseThrow();
    }

    private long cosigners(SignedCheckpoint checkpoint) {
        return witnesses.keySet().stream()
                .filter(key -> checkpoint.by(key).isPresent())
                .count();
    }

    private void awaitState(State state) {
        await().atMost(LONG).until(() -> cosigning.witnesses().getFirst().state() == state);
    }

    @Test
    void theGrowingLogIsCosigned() throws Exception {
        witness("w");
        start(1);
        for (int round = 1; round <= 5; round++) {
            events.appendMany(300);
            SignedCheckpoint cosigned = cosigned(300L * round - 1);
            assertThat(cosigners(cosigned)).isEqualTo(1);
            assertThat(cosigned.by(logKey)).isPresent();
            assertThat(tables.cosigned()).contains(cosigned);
        }
        assertThat(cosigning.lag(cosigning.witnesses().getFirst())).isZero();
        EventProofs proofs = new EventProofs(events, tables, log, cosigning, LONG);
        assertThat(cosigners(proofs.of(1_499).checkpoint())).isEqualTo(1);
    }

    @Test
    void aRestartOfTheNodeContinuesWithTheWitness() throws Exception {
        witness("w");
        start(1);
        events.appendMany(5);
        cosigned(4);
        stop();
        start(1);
        assertThat(cosigned(4).checkpoint().head().size()).isEqualTo(5);
        events.appendMany(5);
        assertThat(cosigners(cosigned(9))).isEqualTo(1);
    }

    @Test
    void aWitnessThatIsAwayIsAskedAgainAndDelaysNothing() throws Exception {
        WitnessProcess witness = witness("w");
        start(1);
        events.appendMany(5);
        cosigned(4);
        witness.stop();
        events.appendMany(5);
        assertThat(log.covering(9, LONG)).isPresent();
        awaitState(State.FAILING);
        EventProofs proofs = new EventProofs(events, tables, log, cosigning, INTERVAL);
        assertThat(proofs.covering(4).checkpoint().head().size()).isEqualTo(5);
        assertThat(cosigners(proofs.covering(9))).isZero();
        assertThat(cosigning.lag(cosigning.witnesses().getFirst())).isEqualTo(5);
        witness.start();
        assertThat(cosigners(cosigned(9))).isEqualTo(1);
    }

    @Test
    void twoOfThreeAreEnough() throws Exception {
        witness("w1");
        WitnessProcess second = witness("w2");
        WitnessProcess third = witness("w3");
        third.stop();
        start(2);
        events.appendMany(5);
        assertThat(cosigners(cosigned(4))).isEqualTo(2);
        third.start();
        await().atMost(LONG).until(() -> cosigners(cosigning.newest().orElseThrow()) == 3);
        third.stop();
        second.stop();
        events.appendMany(5);
        assertThat(log.covering(9, LONG)).isPresent();
        await().atMost(LONG).until(() -> cosigning.witnesses().get(1).state() == State.FAILING);
        assertThat(cosigning.covering(9, INTERVAL)).isEmpty();
    }

    @Test
    void aLogThatWasRolledBackIsNotCosigned() throws Exception {
        witness("w");
        start(1);
        events.appendMany(20);
        cosigned(19);
        stop();
        for (String table : new String[] {"log_checkpoint", "log_cosigned", "log_tiles", "log_salts"}) {
            JdbcClient.create(database.dataSource())
                    .sql("DELETE FROM vault." + table)
                    .update();
        }
        Files.delete(directory.resolve("checkpoint"));
        events.truncate(10);
        start(1);
        awaitState(State.CONTRADICTING);
        events.appendMany(30);
        assertThat(log.covering(39, LONG)).isPresent();
        assertThat(cosigning.covering(39, Duration.ofSeconds(2))).isEmpty();
        assertThat(cosigning.witnesses().getFirst().state()).isEqualTo(State.CONTRADICTING);
    }

    @Test
    void aForgedCosignatureIsNotTaken() throws Exception {
        SigningKey key = witnessKey();
        answering(key, checkpoint -> {
            NoteSignature good = checkpoint.cosign(key, 1).signatures().getLast();
            byte[] forged = good.signature();
            forged[forged.length - 1] ^= 1;
            return new NoteSignature(good.name(), good.keyId(), forged).line();
        });
    }

    @Test
    void garbageIsNotTaken() throws Exception {
        answering(witnessKey(), _ -> "garbage");
    }

    @Test
    void theCosignatureOfSomebodyElseIsNotTaken() throws Exception {
        SigningKey other = witnessKey();
        answering(witnessKey(), checkpoint -> lineOf(checkpoint.cosign(other, 1)));
    }

    private static SigningKey witnessKey() {
        return SigningKey.generate("test/w", SignatureType.ED25519_COSIGNATURE, new SecureRandom());
    }

    private static String lineOf(SignedCheckpoint cosigned) {
        return cosigned.signatures().getLast().line();
    }

    private void answering(SigningKey key, Function<SignedCheckpoint, String> answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
        server.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                SignedCheckpoint asked = AddCheckpointRequest.parse(
                                exchange.getRequestBody().readAllBytes())
                        .checkpoint();
                byte[] body = answer.apply(asked).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            witnesses.put(
                    key.verifier(),
                    URI.create("http://localhost:" + server.getAddress().getPort() + "/"));
            start(1);
            events.appendMany(5);
            assertThat(log.covering(4, LONG)).isPresent();
            awaitState(State.FAILING);
            assertThat(cosigning.newest()).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
