package chat.parley.verify.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import chat.parley.transparency.witness.AddCheckpointRequest;
import chat.parley.transparency.witness.AddCheckpointResponse;
import chat.parley.transparency.witness.AddCheckpointResponse.Conflict;
import chat.parley.transparency.witness.AddCheckpointResponse.Cosigned;
import chat.parley.transparency.witness.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over HTTP. */
class WitnessingALogTest {
    private static final String ORIGIN = "log.example/parley";

    @TempDir
    private Path directory;

    private final SigningKey log = SigningKey.generate(ORIGIN, SignatureType.ED25519, new SecureRandom());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<WitnessServer> started = new ArrayList<>();

    @BeforeEach
    void enroll() throws IOException {
        WitnessCommand.parse(List.of("--enroll", "--log", vkey(), "--state", state()))
                .orElseThrow()
                .run(out, out);
    }

    @AfterEach
    void close() {
        started.forEach(WitnessServer::close);
    }

    private String vkey() {
        return log.verifier().toString();
    }

    private String state() {
        return directory.resolve("state").toString();
    }

    private Path keyFile() {
        return directory.resolve("witness.key");
    }

    private WitnessServer serve(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--key", keyFile().toString(), "--log", vkey(), "--state", state(), "--port", "0"));
        WitnessServer server = WitnessCommand.parse(arguments).orElseThrow().serve(out, out);
        started.add(server);
        return server;
    }

    private WitnessServer serveWithNewKey() throws IOException {
        return serve("--name", "witness.example/w");
    }

    private SignedCheckpoint checkpoint(long size, String root) {
        TreeHead head = new TreeHead(size, Hash.leaf(root.getBytes(UTF_8)));
        return SignedCheckpoint.sign(new Checkpoint(ORIGIN, head), log, 1);
    }

    private byte[] request(long oldSize, SignedCheckpoint checkpoint) {
        return new AddCheckpointRequest(oldSize, List.of(), checkpoint).toBytes();
    }

    private HttpResponse<byte[]> send(WitnessServer server, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(WitnessServer server, byte[] body) throws IOException, InterruptedException {
        return send(server, "POST", "/add-checkpoint", body);
    }

    @Test
    void aCheckpointIsCosignedWithTheKeyThatWasPrinted() throws Exception {
        WitnessServer server = serveWithNewKey();
        SignedCheckpoint checkpoint = checkpoint(5, "five");
        HttpResponse<byte[]> answer = post(server, request(0, checkpoint));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        Cosigned cosigned = (Cosigned) AddCheckpointResponse.parse(answer.statusCode(), answer.body());
        VerifierKey witness = KeyFile.read(keyFile()).verifier();
        assertThat(printed.toString(UTF_8)).contains(witness.toString());
        assertThat(checkpoint
                        .withVerified(cosigned.cosignatures(), List.of(witness))
                        .by(witness))
                .isPresent();
    }

    @Test
    void aRestartedWitnessRemembersWhatItCosigned() throws Exception {
        WitnessServer first = serveWithNewKey();
        assertThat(post(first, request(0, checkpoint(5, "five"))).statusCode()).isEqualTo(200);
        first.close();
        WitnessServer second = serve();
        HttpResponse<byte[]> conflict = post(second, request(0, checkpoint(6, "six")));
        assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(AddCheckpointResponse.parse(conflict.statusCode(), conflict.body()))
                .isEqualTo(new Conflict(5));
        assertThat(post(second, request(5, checkpoint(5, "another five"))).statusCode())
                .isEqualTo(422);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        WitnessServer server = serveWithNewKey();
        assertThat(post(server, "garbage".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        assertThat(post(server, new byte[0]).statusCode()).isEqualTo(400);
        assertThat(post(server, new byte[AddCheckpointRequest.MAX_BYTES + 1]).statusCode())
                .isEqualTo(413);
        assertThat(send(server, "POST", "/", new byte[0]).statusCode()).isEqualTo(404);
        assertThat(send(server, "POST", "/add-checkpoint/more", new byte[0]).statusCode())
                .isEqualTo(404);
        HttpResponse<byte[]> read = send(server, "GET", "/add-checkpoint", new byte[0]);
        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(read.headers().firstValue("Allow")).contains("POST");
        assertThat(post(server, request(0, checkpoint(5, "five"))).statusCode()).isEqualTo(200);
    }

    @Test
    void otherLogsAndOtherKeysAreRefused() throws Exception {
        WitnessServer server = serveWithNewKey();
        TreeHead head = new TreeHead(1, Hash.EMPTY_TREE);
        SigningKey other = SigningKey.generate("other.example", SignatureType.ED25519, new SecureRandom());
        assertThat(post(server, request(0, SignedCheckpoint.sign(new Checkpoint("other.example", head), other, 1)))
                        .statusCode())
                .isEqualTo(404);
        SigningKey sameName = SigningKey.generate(ORIGIN, SignatureType.ED25519, new SecureRandom());
        assertThat(post(server, request(0, SignedCheckpoint.sign(new Checkpoint(ORIGIN, head), sameName, 1)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRecordThatIsLostWhileServingIsAnError() throws Exception {
        WitnessServer server = serveWithNewKey();
        Files.delete(directory.resolve("state").resolve(Witness.originHash(ORIGIN)));
        assertThat(post(server, request(0, checkpoint(5, "five"))).statusCode()).isEqualTo(500);
        assertThat(printed.toString(UTF_8)).contains("no record of " + ORIGIN);
    }

    @Test
    void aLogThatIsNotEnrolledIsNotServed() throws IOException {
        Files.delete(directory.resolve("state").resolve(Witness.originHash(ORIGIN)));
        assertThatExceptionOfType(TransparencyException.class)
                .isThrownBy(this::serveWithNewKey)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.STATE_MISSING));
        assertThat(keyFile()).doesNotExist();
    }

    @Test
    void enrollingTwiceKeepsTheRecord() throws Exception {
        WitnessServer server = serveWithNewKey();
        assertThat(post(server, request(0, checkpoint(5, "five"))).statusCode()).isEqualTo(200);
        enroll();
        assertThat(printed.toString(UTF_8)).contains("Has a record already: " + ORIGIN);
        assertThat(post(server, request(0, checkpoint(6, "six"))).statusCode()).isEqualTo(409);
    }

    @Test
    void aKeyIsWrittenOnceAndForItsOwnerOnly() throws IOException {
        serveWithNewKey();
        VerifierKey first = KeyFile.read(keyFile()).verifier();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        serve("--name", "witness.example/another");
        assertThat(KeyFile.read(keyFile()).verifier()).hasToString(first.toString());
    }

    @Test
    void aKeyWithoutNameIsNotMade() {
        assertThatExceptionOfType(IOException.class).isThrownBy(this::serve);
    }

    @Test
    void incompleteArgumentsAreWrongUsage() {
        String key = keyFile().toString();
        for (List<String> wrong : List.<List<String>>of(
                List.of(),
                List.of("--enroll"),
                List.of("--enroll", "--log", vkey()),
                List.of("--enroll", "--log", vkey(), "--state", state(), "--port", "0"),
                List.of("--key", key, "--log", vkey(), "--state", state()),
                List.of("--key", key, "--log", vkey(), "--state", state(), "--port", "65536"),
                List.of("--key", key, "--log", vkey(), "--state", state(), "--port", "-1"),
                List.of("--key", key, "--log", vkey(), "--state", state(), "--port", "http"),
                List.of("--key", key, "--log", vkey(), "--state", state(), "--port"),
                List.of("--key", key, "--log", vkey(), "--port", "0"),
                List.of("--key", key, "--state", state(), "--port", "0"),
                List.of("--log", vkey(), "--state", state(), "--port", "0"),
                List.of("--other", key))) {
            assertThat(WitnessCommand.parse(wrong)).as(wrong.toString()).isEmpty();
        }
    }
}
