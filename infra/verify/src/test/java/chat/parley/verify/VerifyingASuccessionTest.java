package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import chat.parley.transparency.witness.AddCheckpointRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log continues another one from a head that agrees with a kept checkpoint, or it is told what is wrong. */
class VerifyingASuccessionTest {
    private static final SigningKey KEY = key("test/log/new");

    @TempDir
    private Path directory;

    private ArchiveFixtures before;
    private ArchiveFixtures after;

    private static SigningKey key(String name) {
        return SigningKey.generate(name, SignatureType.ED25519, new SecureRandom());
    }

    @BeforeEach
    void makeTwoLogs() {
        before = new ArchiveFixtures(directory);
        after = new ArchiveFixtures(directory, KEY, "new ", before.checkpoint().checkpoint());
    }

    private byte[] proof() {
        return after.predecessor(after.checkpoint());
    }

    private byte[] consistency(long from) {
        MerkleTree tree = new MerkleTree(new TileReader(before.tiles, before.head.size()), before.head.size());
        return new AddCheckpointRequest(from, tree.consistency(from).path(), before.checkpoint()).toBytes();
    }

    private void verify(byte[] proof, SignedCheckpoint kept, Optional<byte[]> consistency)
            throws VerificationException {
        Checkpoint last = SuccessionVerifier.verify(
                proof, KEY.verifier(), new SuccessionVerifier.Kept(kept, before.key.verifier(), consistency));
        assertThat(last.head()).isEqualTo(before.head);
    }

    private void assertWrong(Finding finding, byte[] proof, SignedCheckpoint kept, Optional<byte[]> consistency) {
        assertThatThrownBy(() -> verify(proof, kept, consistency))
                .isInstanceOfSatisfying(
                        VerificationException.class,
                        wrong -> assertThat(wrong.finding()).isEqualTo(finding));
    }

    @Test
    void aKeptCheckpointIsOneThatTheLogContinues() throws Exception {
        verify(proof(), before.checkpoint(), Optional.empty());
        for (long size : new long[] {1, 2, 255, 256, 257, 699}) {
            verify(proof(), before.checkpoint(size), Optional.of(consistency(size)));
        }
    }

    @Test
    void aForgedOldHeadIsFound() {
        SignedCheckpoint forged =
                before.signed(new TreeHead(ArchiveFixtures.EVENTS, Hash.plain("forged".getBytes(UTF_8))));
        after = new ArchiveFixtures(directory, KEY, "new ", forged.checkpoint());
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(), Optional.empty());
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(300), Optional.of(consistency(300)));
    }

    @Test
    void anOldHeadThatWasRolledBackIsFound() {
        after = new ArchiveFixtures(
                directory, KEY, "new ", before.checkpoint(500).checkpoint());
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(), Optional.empty());
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(501), Optional.of(consistency(501)));
    }

    @Test
    void anEarlierCheckpointNeedsItsConsistency() {
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(300), Optional.empty());
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(300), Optional.of(consistency(301)));
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(300), Optional.of(new byte[] {1, 2}));
    }

    @Test
    void aKeptCheckpointOfAnotherKeyIsNone() {
        SigningKey other = key("test/log");
        SignedCheckpoint forged = SignedCheckpoint.sign(before.checkpoint().checkpoint(), other, 1);
        assertWrong(Finding.CHECKPOINT_ALTERED, proof(), forged, Optional.empty());
    }

    @Test
    void aLogThatContinuesAThirdOneIsFound() {
        after = new ArchiveFixtures(directory, KEY, "new ", new Checkpoint("test/third", before.head));
        assertWrong(Finding.PREDECESSOR_CONTRADICTED, proof(), before.checkpoint(), Optional.empty());
    }

    @Test
    void anAlteredProofIsFound() {
        LogProof proof = LogProof.parse(proof());
        byte[] entry = proof.extra().orElseThrow();
        entry[entry.length - 1] ^= 1;
        byte[] otherHead = new ArchiveFixtures(
                        directory, KEY, "new ", before.checkpoint(500).checkpoint())
                .predecessor(after.checkpoint());
        List<byte[]> altered = new ArrayList<>(List.of(
                proof.withExtra(entry).toBytes(),
                proof.withExtra(new byte[] {1}).toBytes(),
                LogProof.of(proof.inclusion(), proof.checkpoint()).toBytes(),
                otherHead,
                "no proof".getBytes(UTF_8)));
        SigningKey forger = key("test/log/new");
        altered.add(after.predecessor(SignedCheckpoint.sign(after.checkpoint().checkpoint(), forger, 1)));
        altered.forEach(
                bytes -> assertWrong(Finding.PREDECESSOR_ALTERED, bytes, before.checkpoint(), Optional.empty()));
    }

    @Test
    void anArchiveSaysWhichLogItsOwnContinues() throws Exception {
        Path archive = after.write(0, ArchiveFixtures.EVENTS - 1, after.events);
        assertThat(verified(archive).continues()).contains(before.checkpoint().checkpoint());
        assertThat(verified(after.write(300, 310, after.range(300, 310))).continues())
                .contains(before.checkpoint().checkpoint());
    }

    @Test
    void theRecordOfTheFirstEventIsTheOneThatTheLogBeganWith() {
        List<ExportedEvent> events = new ArrayList<>(after.events);
        events.set(0, ArchiveFixtures.event(0, "another"));
        Path archive = after.write(0, ArchiveFixtures.EVENTS - 1, events);
        assertThatThrownBy(() -> verified(archive))
                .isInstanceOfSatisfying(
                        VerificationException.class,
                        wrong -> assertThat(wrong.finding()).isEqualTo(Finding.EVENT_ALTERED));
    }

    private static ExportVerifier.Verified verified(Path archive) throws Exception {
        return ExportVerifier.verify(
                archive,
                new ExportVerifier.Trust(Optional.of(KEY.verifier()), Optional.empty()),
                (bytes, of, events) -> {});
    }

    @Test
    void theCommandSaysWhatIsContinued() throws Exception {
        Path proof = Files.write(directory.resolve("proof"), proof());
        String[] arguments = {
            "succession",
            "--key",
            file("key", KEY.verifier() + "\n"),
            "--former-key",
            file("former", before.key.verifier() + "\n"),
            "--kept",
            file("kept", before.checkpoint(300).toString()),
            "--consistency",
            Files.write(directory.resolve("consistency"), consistency(300)).toString(),
            proof.toString()
        };
        assertThat(run(0, arguments)).contains("VERIFIED", "test/log, 700 events");
        arguments[6] = file("kept", before.checkpoint(400).toString());
        assertThat(run(1, arguments)).contains("NOT VERIFIED: PREDECESSOR_CONTRADICTED");
        run(2, "succession", "--key", arguments[2], proof.toString());
        run(2, "succession");
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static String run(int code, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, UTF_8)) {
            assertThat(Main.run(arguments, print, print)).isEqualTo(code);
        }
        return out.toString(UTF_8);
    }
}
