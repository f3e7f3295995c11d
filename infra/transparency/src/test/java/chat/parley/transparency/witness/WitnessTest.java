package chat.parley.transparency.witness;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.transparency.Reason;
import chat.parley.transparency.ReferenceTrees;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.checkpoint.VerifiedSignature;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final List<Hash> LEAVES = ReferenceTrees.leaves(100, 1);
    private static final MerkleTree TREE = new MerkleTree(ReferenceTrees.source(LEAVES), 100);
    private static final List<Hash> FORK = fork();
    private static final Map<String, List<VerifierKey>> LOGS =
            Map.of(TestKeys.ORIGIN, List.of(TestKeys.LOG.verifier()));

    @TempDir
    Path directory;

    private final WitnessState state = new MemoryWitnessState();
    private final Witness witness = witness(state);

    @Test
    void cosignsALogThatGrows() {
        for (int[] step : new int[][] {{0, 1}, {1, 3}, {3, 64}, {64, 64}, {64, 100}}) {
            AddCheckpointResponse response = submit(step[0], step[1]);
            assertThat(response.status()).isEqualTo(200);
            SignedCheckpoint cosigned = head(step[1])
                    .withVerified(
                            ((AddCheckpointResponse.Cosigned) response).cosignatures(),
                            List.of(TestKeys.WITNESS.verifier()));
            assertThat(cosigned.by(TestKeys.WITNESS.verifier()))
                    .map(VerifiedSignature::epochSecond)
                    .hasValueSatisfying(time -> assertThat(time).hasValue(1_700_000_000));
            assertThat(state.latest(TestKeys.ORIGIN)).contains(cosigned);
        }
    }

    @Test
    void cosignsAnEmptyLog() {
        assertThat(submit(0, 0).status()).isEqualTo(200);
        assertThat(submit(0, 5).status()).isEqualTo(200);
        SignedCheckpoint wrongEmpty = signed(new TreeHead(0, Hash.leaf(new byte[0])), TestKeys.LOG);
        assertThat(witness(new MemoryWitnessState())
                        .addCheckpoint(request(0, List.of(), wrongEmpty))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void cosignsWithEachOfItsKeys() {
        assumeTrue(TestKeys.hasMlDsa());
        SigningKey quantumSafe = TestKeys.key("witness.example/w1", SignatureType.ML_DSA_44_COSIGNATURE, 3);
        Witness both = new Witness(List.of(TestKeys.WITNESS, quantumSafe), LOGS, state, CLOCK);
        AddCheckpointResponse response = both.addCheckpoint(request(0, List.of(), head(7)));
        SignedCheckpoint cosigned = head(7).withVerified(
                        cosignatures(response), List.of(TestKeys.WITNESS.verifier(), quantumSafe.verifier()));
        assertThat(cosigned.signatures()).hasSize(3);
    }

    private static List<NoteSignature> cosignatures(AddCheckpointResponse response) {
        return ((AddCheckpointResponse.Cosigned) AddCheckpointResponse.parse(response.status(), response.body()))
                .cosignatures();
    }

    @Test
    void doesNotGoBack() {
        submit(0, 64);
        assertThat(submit(0, 32)).isEqualTo(new AddCheckpointResponse.Conflict(64));
        assertThat(submit(32, 32)).isEqualTo(new AddCheckpointResponse.Conflict(64));
        AddCheckpointResponse back = witness.addCheckpoint(request(64, List.of(), head(32)));
        assertThat(back.status()).isEqualTo(400);
        assertThat(recordedSize()).isEqualTo(64);
    }

    @Test
    void doesNotFollowAFork() {
        submit(0, 64);
        MerkleTree fork = new MerkleTree(ReferenceTrees.source(FORK), 100);
        SignedCheckpoint other = signed(fork.head(), TestKeys.LOG);
        assertThat(witness.addCheckpoint(request(64, fork.consistency(64).path(), other))
                        .status())
                .isEqualTo(422);
        assertThat(witness.addCheckpoint(request(64, TREE.consistency(64).path(), other))
                        .status())
                .isEqualTo(422);
        SignedCheckpoint sameSize = signed(new MerkleTree(ReferenceTrees.source(FORK), 64).head(), TestKeys.LOG);
        assertThat(witness.addCheckpoint(request(64, List.of(), sameSize)).status())
                .isEqualTo(422);
        assertThat(recordedSize()).isEqualTo(64);
    }

    @Test
    void needsTheProofFromTheOldSize() {
        assertThat(witness.addCheckpoint(request(0, List.of(LEAVES.get(0)), head(3)))
                        .status())
                .isEqualTo(422);
        submit(0, 3);
        assertThat(witness.addCheckpoint(request(3, List.of(), head(100))).status())
                .isEqualTo(422);
        assertThat(witness.addCheckpoint(request(3, List.of(LEAVES.get(0)), head(3)))
                        .status())
                .isEqualTo(422);
        assertThat(witness.addCheckpoint(request(4, TREE.consistency(4).path(), head(100))))
                .isEqualTo(new AddCheckpointResponse.Conflict(3));
    }

    @Test
    void knowsOnlyItsLogsAndTheirKeys() {
        SignedCheckpoint unknown = SignedCheckpoint.sign(new Checkpoint("other.example", TREE.head()), TestKeys.LOG, 1);
        assertThat(witness.addCheckpoint(request(0, List.of(), unknown)).status())
                .isEqualTo(404);
        SigningKey impostor = TestKeys.key(TestKeys.ORIGIN, SignatureType.ED25519, 66);
        assertThat(witness.addCheckpoint(request(0, List.of(), signed(TREE.head(), impostor)))
                        .status())
                .isEqualTo(403);
        SignedCheckpoint alsoForged = head(100)
                .with(new NoteSignature(TestKeys.ORIGIN, TestKeys.LOG.verifier().id(), new byte[64]));
        assertThat(witness.addCheckpoint(request(0, List.of(), alsoForged)).status())
                .isEqualTo(403);
        assertThat(state.latest(TestKeys.ORIGIN)).isEmpty();
    }

    @Test
    void knowsALogWhoseKeyHasAnotherName() {
        SigningKey key = TestKeys.key("key.example", SignatureType.ED25519, 67);
        Witness renamed = new Witness(
                List.of(TestKeys.WITNESS),
                Map.of(TestKeys.ORIGIN, List.of(TestKeys.LOG.verifier(), key.verifier())),
                state,
                CLOCK);
        assertThat(renamed.addCheckpoint(request(0, List.of(), signed(TREE.head(), key)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keepsOnlyTheSignaturesThatItVerified() {
        SignedCheckpoint decorated = head(5).with(new NoteSignature("unknown.example", 1, new byte[10]));
        witness.addCheckpoint(request(0, List.of(), decorated));
        assertThat(state.latest(TestKeys.ORIGIN)).contains(head(5).cosign(TestKeys.WITNESS, 1_700_000_000));
        assertThat(witness.latest(Witness.originHash(TestKeys.ORIGIN))).isEqualTo(state.latest(TestKeys.ORIGIN));
        assertThat(witness.latest(Witness.originHash("other.example"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (String body : List.of("", "old 0\n", "old 0\n\n", "old -1\n\n" + head(1), "old 00\n\n" + head(1))) {
            assertThat(witness.addCheckpoint(body.getBytes(UTF_8)).status()).isEqualTo(400);
        }
        assertThat(witness.addCheckpoint(new byte[AddCheckpointRequest.MAX_BYTES + 1])
                        .status())
                .isEqualTo(400);
    }

    @Test
    void recordsBeforeItAnswers() {
        WitnessState full = new MemoryWitnessState() {
            @Override
            public synchronized boolean replace(
                    String origin, Optional<SignedCheckpoint> expected, SignedCheckpoint next) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        };
        assertThatThrownBy(() -> witness(full).addCheckpoint(request(0, List.of(), head(5))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void letsOneOfTwoRacingRequestsWin() {
        WitnessState raced = new MemoryWitnessState() {
            private boolean first = true;

            @Override
            public synchronized boolean replace(
                    String origin, Optional<SignedCheckpoint> expected, SignedCheckpoint next) {
                if (first) {
                    first = false;
                    super.replace(origin, expected, head(100).cosign(TestKeys.WITNESS, 1));
                }
                return super.replace(origin, expected, next);
            }
        };
        assertThat(witness(raced).addCheckpoint(request(0, List.of(), head(5))))
                .isEqualTo(new AddCheckpointResponse.Conflict(100));
    }

    @Test
    void takesConcurrentRequestsOneAfterTheOther() throws InterruptedException, ExecutionException {
        DirectoryWitnessState files = new DirectoryWitnessState(directory);
        files.enroll(TestKeys.ORIGIN);
        Witness shared = witness(files);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<AddCheckpointResponse>> requests = new ArrayList<>();
            for (int size = 1; size <= 40; size++) {
                byte[] request = request(0, List.of(), head(size));
                requests.add(() -> shared.addCheckpoint(request));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<AddCheckpointResponse> response : threads.invokeAll(requests)) {
                statuses.add(response.get().status());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void remembersAcrossRestarts() {
        DirectoryWitnessState files = new DirectoryWitnessState(directory);
        assertThat(files.enroll(TestKeys.ORIGIN)).isTrue();
        assertThat(files.latest(TestKeys.ORIGIN)).isEmpty();
        witness(files).addCheckpoint(request(0, List.of(), head(64)));
        DirectoryWitnessState again = new DirectoryWitnessState(directory);
        assertThat(again.enroll(TestKeys.ORIGIN)).isFalse();
        assertThat(witness(again).addCheckpoint(request(0, List.of(), head(32))))
                .isEqualTo(new AddCheckpointResponse.Conflict(64));
        assertThat(again.latest(TestKeys.ORIGIN)).isEqualTo(files.latest(TestKeys.ORIGIN));
        assertThat(again.replace(TestKeys.ORIGIN, Optional.empty(), head(32))).isFalse();
    }

    @Test
    void doesNotBeginAgainWhenItsStateIsLost() throws IOException {
        DirectoryWitnessState files = new DirectoryWitnessState(directory);
        files.enroll(TestKeys.ORIGIN);
        Witness recording = witness(files);
        recording.addCheckpoint(request(0, List.of(), head(64)));
        Path file = directory.resolve(Witness.originHash(TestKeys.ORIGIN));
        byte[] record = Files.readAllBytes(file);

        Files.delete(file);
        assertRefused(Reason.STATE_MISSING, () -> recording.addCheckpoint(request(0, List.of(), head(32))));
        Files.write(file, new byte[0]);
        assertRefused(Reason.MALFORMED, () -> recording.addCheckpoint(request(0, List.of(), head(32))));
        Files.write(file, Arrays.copyOf(record, record.length / 2));
        assertRefused(Reason.MALFORMED, () -> recording.addCheckpoint(request(0, List.of(), head(32))));
        Files.write(
                file,
                SignedCheckpoint.sign(new Checkpoint("other.example", TREE.head()), TestKeys.LOG, 1)
                        .toBytes());
        assertRefused(Reason.STATE_MISSING, () -> recording.addCheckpoint(request(0, List.of(), head(32))));
        Files.write(file, record);
        assertThat(recording.addCheckpoint(request(0, List.of(), head(32))))
                .isEqualTo(new AddCheckpointResponse.Conflict(64));
    }

    @Test
    void needsKeysThatCosign() {
        assertRefused(Reason.KEY_INVALID, () -> new Witness(List.of(), LOGS, state, CLOCK));
        assertRefused(Reason.KEY_INVALID, () -> new Witness(List.of(TestKeys.LOG), LOGS, state, CLOCK));
    }

    private AddCheckpointResponse submit(int oldSize, int newSize) {
        MerkleTree tree = new MerkleTree(ReferenceTrees.source(LEAVES), newSize);
        return witness.addCheckpoint(request(oldSize, tree.consistency(oldSize).path(), head(newSize)));
    }

    private long recordedSize() {
        return state.latest(TestKeys.ORIGIN).orElseThrow().checkpoint().head().size();
    }

    private static byte[] request(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {
        return new AddCheckpointRequest(oldSize, proof, checkpoint).toBytes();
    }

    private static SignedCheckpoint head(int size) {
        return signed(new MerkleTree(ReferenceTrees.source(LEAVES), size).head(), TestKeys.LOG);
    }

    private static SignedCheckpoint signed(TreeHead head, SigningKey key) {
        return SignedCheckpoint.sign(new Checkpoint(TestKeys.ORIGIN, head), key, 1);
    }

    private static Witness witness(WitnessState state) {
        return new Witness(List.of(TestKeys.WITNESS), LOGS, state, CLOCK);
    }

    private static List<Hash> fork() {
        List<Hash> leaves = new ArrayList<>(LEAVES);
        leaves.set(10, Hash.leaf(new byte[] {1}));
        return leaves;
    }
}
