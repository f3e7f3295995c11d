package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever kept a checkpoint is told that an archive continues it, or that the log was rolled back or rewritten. */
class ComparingAnArchiveWithKeptCheckpointsTest {
    private static final long ALL = ArchiveFixtures.EVENTS;
    private static final long[] SIZES = {0, 1, 2, 255, 256, 257, 512, 699, 700};

    @TempDir
    private Path directory;

    private ArchiveFixtures log;

    @BeforeEach
    void makeALog() {
        log = new ArchiveFixtures(directory);
    }

    private Path whole(ArchiveFixtures of) {
        return of.write(0, ALL - 1, of.events);
    }

    private static void verify(Path archive, KeptCheckpoints kept) throws IOException, VerificationException {
        ExportVerifier.verify(
                archive, new ExportVerifier.Trust(Optional.empty(), Optional.empty(), kept), (bytes, of, events) -> {});
    }

    private static KeptCheckpoints kept(SignedCheckpoint... checkpoints) {
        return new KeptCheckpoints(List.of(checkpoints), Optional.empty());
    }

    private KeptCheckpoints withTiles(SignedCheckpoint checkpoint) {
        return new KeptCheckpoints(List.of(checkpoint), Optional.of(directory));
    }

    private static VerificationException assertWrong(Finding finding, Path archive, KeptCheckpoints kept) {
        VerificationException wrong = catchThrowableOfType(VerificationException.class, () -> verify(archive, kept));
        assertThat(wrong).as("not noticed").isNotNull();
        assertThat(wrong.finding()).isEqualTo(finding);
        return wrong;
    }

    @Test
    void anArchiveContinuesEachCheckpointOfItsLog() throws Exception {
        SignedCheckpoint[] earlier =
                LongStream.of(SIZES).mapToObj(log::checkpoint).toArray(SignedCheckpoint[]::new);
        verify(whole(log), kept(earlier));
    }

    @Test
    void anArchiveOfAnEarlierHeadIsRolledBack() {
        SignedCheckpoint later = log.signed(new TreeHead(ALL + 1, Hash.plain("later".getBytes(UTF_8))));
        assertThat(assertWrong(Finding.LOG_ROLLED_BACK, whole(log), kept(log.checkpoint(300), later)))
                .hasMessageContaining("700 events, the kept one 701");
    }

    /** Signed by the log's own key, so that nothing else tells it. */
    @Test
    void anArchiveOfAnotherHistoryIsRewritten() {
        Path rewritten = whole(new ArchiveFixtures(directory, log.key, "other "));
        LongStream.of(SIZES)
                .filter(size -> size > 0)
                .forEach(size -> assertWrong(Finding.LOG_REWRITTEN, rewritten, kept(log.checkpoint(size))));
    }

    @Test
    void aForgedCheckpointIsNoneOfTheLog() {
        SigningKey forger = SigningKey.generate("test/log", SignatureType.ED25519, new SecureRandom());
        Checkpoint genuine = log.checkpoint(300).checkpoint();
        List<SignedCheckpoint> forged = List.of(
                SignedCheckpoint.sign(genuine, forger, 1),
                SignedCheckpoint.sign(new Checkpoint("test/other", genuine.head()), log.key, 1),
                SignedCheckpoint.parse(log.checkpoint(300)
                        .toString()
                        .replace("\n300\n", "\n301\n")
                        .getBytes(UTF_8)));
        forged.forEach(checkpoint -> assertWrong(Finding.CHECKPOINT_ALTERED, whole(log), kept(checkpoint)));
    }

    @Test
    void aPartOfTheLogIsComparedWithTilesThatTheLogServes() throws Exception {
        Path part = log.write(300, 310, log.range(300, 310));
        verify(part, kept(log.checkpoint(257), log.checkpoint(512), log.checkpoint()));
        assertThat(assertWrong(Finding.CONSISTENCY_UNPROVEN, part, kept(log.checkpoint(100))))
                .hasMessageContaining("tile/0/000.");
        serve(TileId.full(0, 0));
        verify(part, withTiles(log.checkpoint(100)));
    }

    @Test
    void anArchiveWithoutEventsNamesAllTilesThatItNeeds() throws Exception {
        Path empty = log.write(ALL, ALL - 1, List.of());
        assertThat(assertWrong(Finding.CONSISTENCY_UNPROVEN, empty, kept(log.checkpoint(600))))
                .hasMessageContaining("tile/1/000.p/2, tile/0/002.p/188.");
        serve(new TileId(0, 2, 188));
        serve(new TileId(1, 0, 2));
        verify(empty, withTiles(log.checkpoint(600)));
    }

    @Test
    void tilesOfAnotherLogProveNothing() throws Exception {
        Path part = log.write(300, 310, log.range(300, 310));
        Path tile = Files.createDirectories(directory.resolve("tile/0")).resolve("000");
        for (int length : new int[] {256 * Hash.BYTES, 1, 256 * Hash.BYTES + 1}) {
            Files.write(tile, new byte[length]);
            assertWrong(Finding.TREE_ALTERED, part, withTiles(log.checkpoint(100)));
        }
    }

    /** Writes a tile to where the log's path of it leads. */
    private void serve(TileId id) throws IOException {
        Path file = directory.resolve(id.path());
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, log.tiles.read(id).orElseThrow());
    }

    @Test
    void theCommandSaysWhatIsContinued() throws Exception {
        String archive = whole(log).toString();
        String early = Files.writeString(
                        directory.resolve("early"), log.checkpoint(300).toString())
                .toString();
        String late = Files.writeString(
                        directory.resolve("late"), log.checkpoint().toString())
                .toString();
        assertThat(run(0, "--kept", early, "--kept", late, archive))
                .contains("VERIFIED", "the checkpoint of 300 events", "the checkpoint of 700 events");
        String rewritten =
                whole(new ArchiveFixtures(directory, log.key, "other ")).toString();
        assertThat(run(1, "verify", "--kept", early, "--tiles", directory.toString(), rewritten))
                .contains("NOT VERIFIED: LOG_REWRITTEN: The first 300 events");
        run(2, "--kept", archive);
        run(2, "--kept", archive, archive);
        run(2, "--kept", directory.resolve("none").toString(), archive);
    }

    private static String run(int code, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, UTF_8)) {
            assertThat(Main.run(arguments, print, print)).isEqualTo(code);
        }
        return out.toString(UTF_8);
    }
}
