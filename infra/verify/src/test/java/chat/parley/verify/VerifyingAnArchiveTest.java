package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is verified, or what was done to it is told by its name. */
class VerifyingAnArchiveTest {
    @TempDir
    private Path directory;

    private ArchiveFixtures archives;

    @BeforeEach
    void makeALog() {
        archives = new ArchiveFixtures(directory);
    }

    private static ExportVerifier.Trust trusting(@Nullable VerifierKey key) {
        return new ExportVerifier.Trust(Optional.ofNullable(key), Optional.empty());
    }

    private Optional<Finding> finding(Path archive) throws IOException {
        return finding(archive, trusting(archives.key.verifier()));
    }

    private static Optional<Finding> finding(Path archive, ExportVerifier.Trust trust) throws IOException {
        try {
            ExportVerifier.verify(archive, trust, (bytes, of, events) -> {});
            return Optional.empty();
        } catch (VerificationException wrong) {
            return Optional.of(wrong.finding());
        }
    }

    private Path whole() {
        return archives.write(0, ArchiveFixtures.EVENTS - 1, archives.events);
    }

    private Path replaced(String name, byte[] content) throws IOException {
        return archives.with(entries -> entries.put(name, content));
    }

    private Path removed(String name) throws IOException {
        return archives.with(entries -> entries.remove(name));
    }

    @Test
    void aWholeArchiveIsVerified() throws Exception {
        ExportVerifier.Verified verified =
                ExportVerifier.verify(whole(), trusting(archives.key.verifier()), (bytes, of, events) -> {});
        assertThat(verified.manifest().events()).isEqualTo(ArchiveFixtures.EVENTS);
        assertThat(verified.erased()).isZero();
    }

    @Test
    void aPartOfTheLogIsVerified() throws Exception {
        assertThat(finding(archives.write(300, 310, archives.range(300, 310)))).isEmpty();
        assertThat(finding(archives.write(699, 699, archives.range(699, 699)))).isEmpty();
        assertThat(finding(archives.write(700, 699, List.of()))).isEmpty();
    }

    /** Otherwise the manifest of a million events would be larger than a note may be. */
    @Test
    void theManifestDoesNotGrowWithTheEvents() throws IOException {
        byte[] small = ArchiveFixtures.entries(archives.write(0, 0, archives.range(0, 0)))
                .getOrDefault(ArchiveNames.MANIFEST, new byte[0]);
        byte[] large = ArchiveFixtures.entries(whole()).getOrDefault(ArchiveNames.MANIFEST, new byte[0]);
        assertThat(large).hasSizeBetween(small.length, small.length + 10);
    }

    @Test
    void documentsAreAsTheyWereSigned() throws IOException {
        assertThat(finding(replaced(ArchiveNames.SLACK, "documents".getBytes(UTF_8))))
                .contains(Finding.ENTRY_ALTERED);
        assertThat(finding(removed(ArchiveNames.SLACK))).contains(Finding.ENTRY_MISSING);
        assertThat(finding(replaced(ArchiveNames.EML, "more".getBytes(UTF_8)))).contains(Finding.ENTRY_UNEXPECTED);
        assertThat(finding(replaced("documents/other.zip", "more".getBytes(UTF_8))))
                .contains(Finding.ENTRY_UNEXPECTED);
    }

    @Test
    void anErasedEventIsCounted() throws Exception {
        List<ExportedEvent> events = new ArrayList<>(archives.events);
        events.set(7, new ExportedEvent(7, Optional.empty(), events.get(7).payload(), Map.of()));
        Path archive = archives.write(0, ArchiveFixtures.EVENTS - 1, events);
        assertThat(ExportVerifier.verify(archive, trusting(null), (bytes, of, read) -> {})
                        .erased())
                .isEqualTo(1);
    }

    /** Only who has the log's key can say that an event was erased. */
    @Test
    void anAlteredEventThatIsPassedOffAsErasedIsFound() throws IOException {
        List<ExportedEvent> events = new ArrayList<>(archives.events);
        events.set(7, new ExportedEvent(7, Optional.empty(), "{\"by\":\"somebody else\"}", Map.of()));
        byte[] forged = ArchiveFixtures.entries(archives.write(0, ArchiveFixtures.EVENTS - 1, events))
                .getOrDefault(ArchiveNames.EVENTS, new byte[0]);
        assertThat(finding(replaced(ArchiveNames.EVENTS, forged))).contains(Finding.ENTRY_ALTERED);
    }

    /** Whatever byte changes, somewhere in the file, the archive is not verified. */
    @Test
    void anyFlippedByteIsFound() throws IOException {
        byte[] archive = Files.readAllBytes(archives.write(0, 20, archives.range(0, 20)));
        Path flipped = directory.resolve("flipped.zip");
        Random random = new Random(17);
        List<Integer> offsets = new ArrayList<>();
        random.ints(600, 0, archive.length).forEach(offsets::add);
        for (int i = 1; i <= 400; i++) {
            offsets.add(archive.length - i);
        }
        for (int offset : offsets) {
            byte[] altered = archive.clone();
            altered[offset] ^= (byte) (1 << random.nextInt(8));
            Files.write(flipped, altered);
            assertThat(finding(flipped)).as("byte %s", offset).isPresent();
        }
    }

    @Test
    void aCutTailIsFound() throws IOException {
        byte[] archive = Files.readAllBytes(whole());
        Path cut = directory.resolve("cut.zip");
        for (int length : new int[] {0, 1, 100, archive.length / 2, archive.length - 100, archive.length - 1}) {
            Files.write(cut, Arrays.copyOf(archive, length));
            assertThat(finding(cut)).as("length %s", length).isPresent();
        }
    }

    @Test
    void whatFollowsTheArchiveIsFound() throws IOException {
        Path archive = whole();
        Files.write(archive, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(finding(archive)).contains(Finding.ARCHIVE_ALTERED);
    }

    @Test
    void swappedRepeatedAndInsertedEventsAreFound() throws IOException {
        List<ExportedEvent> swapped = new ArrayList<>(archives.events);
        swapped.set(4, archives.events.get(5));
        swapped.set(5, archives.events.get(4));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, swapped)))
                .contains(Finding.EVENT_OUT_OF_ORDER);
        List<ExportedEvent> repeated = new ArrayList<>(archives.events);
        repeated.add(5, archives.events.get(5));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, repeated)))
                .contains(Finding.EVENT_OUT_OF_ORDER);
        List<ExportedEvent> inserted = new ArrayList<>(archives.events);
        inserted.set(5, ArchiveFixtures.event(5, "invented"));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, inserted)))
                .contains(Finding.EVENT_ALTERED);
    }

    @Test
    void removedEventsAreFound() throws IOException {
        List<ExportedEvent> removed = new ArrayList<>(archives.events);
        removed.remove(42);
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, removed)))
                .contains(Finding.EVENT_MISSING);
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, archives.range(0, 650))))
                .contains(Finding.EVENT_MISSING);
        assertThat(finding(archives.write(0, 10, archives.range(0, 11)))).contains(Finding.EVENT_OUT_OF_RANGE);
    }

    @Test
    void aRewrittenPayloadOrMetadataIsFound() throws IOException {
        ExportedEvent original = archives.events.get(9);
        List<ExportedEvent> rewritten = new ArrayList<>(archives.events);
        rewritten.set(9, new ExportedEvent(9, original.entry(), "{\"by\":\"bob\"}", original.metadata()));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, rewritten)))
                .contains(Finding.EVENT_ALTERED);
        rewritten.set(9, new ExportedEvent(9, original.entry(), original.payload(), Map.of("by", "bob")));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, rewritten)))
                .contains(Finding.EVENT_ALTERED);
    }

    @Test
    void anOldHeadWithNewEventsIsFound() throws IOException {
        List<ExportedEvent> more = new ArrayList<>(archives.events);
        more.add(ArchiveFixtures.event(ArchiveFixtures.EVENTS, "after the checkpoint"));
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS, more))).contains(Finding.EVENT_OUT_OF_RANGE);
    }

    @Test
    void anotherHeadIsFound() throws IOException {
        TreeHead other = new TreeHead(ArchiveFixtures.EVENTS, Hash.plain(new byte[] {1}));
        SignedCheckpoint signed =
                SignedCheckpoint.sign(new Checkpoint(archives.key.verifier().name(), other), archives.key, 1);
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, archives.events, signed)))
                .contains(Finding.TREE_ALTERED);
    }

    @Test
    void anotherKeyIsFound() throws IOException {
        SigningKey other = SigningKey.generate("test/log", SignatureType.ED25519, new SecureRandom());
        Path forged = new ArchiveFixtures(Files.createDirectory(directory.resolve("forged")), other, "forged ")
                .write(0, 5, new ArchiveFixtures(directory.resolve("other"), other, "x").range(0, 5));
        assertThat(finding(forged)).contains(Finding.KEY_UNTRUSTED);
        assertThat(finding(replaced(ArchiveNames.KEY, (other.verifier() + "\n").getBytes(UTF_8)), trusting(null)))
                .contains(Finding.MANIFEST_ALTERED);
        assertThat(finding(replaced(ArchiveNames.KEY, "no key".getBytes(UTF_8))))
                .contains(Finding.KEY_UNTRUSTED);
    }

    @Test
    void aForgedCheckpointOrManifestIsFound() throws IOException {
        SigningKey other = SigningKey.generate("test/log", SignatureType.ED25519, new SecureRandom());
        SignedCheckpoint forged = SignedCheckpoint.sign(new Checkpoint("test/log", archives.head), other, 1);
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, archives.events, forged)))
                .contains(Finding.CHECKPOINT_ALTERED);
        Map<String, byte[]> entries = ArchiveFixtures.entries(whole());
        String text = Note.parse(entries.getOrDefault(ArchiveNames.MANIFEST, new byte[0]))
                .text()
                .replace("events 700", "events 699");
        entries.put(ArchiveNames.MANIFEST, new Note(text, List.of(other.sign(text))).toBytes());
        assertThat(finding(archives.of(entries))).contains(Finding.MANIFEST_ALTERED);
    }

    @Test
    void theEventsOfAnotherExportAreFound() throws IOException {
        byte[] other = ArchiveFixtures.compressed(archives.range(0, 99));
        assertThat(finding(replaced(ArchiveNames.EVENTS, other))).contains(Finding.ENTRY_ALTERED);
        ArchiveFixtures elsewhere = new ArchiveFixtures(directory.resolve("elsewhere"), archives.key, "another log ");
        assertThat(finding(archives.write(0, ArchiveFixtures.EVENTS - 1, elsewhere.events)))
                .contains(Finding.EVENT_ALTERED);
    }

    @Test
    void alteredMissingAndUnknownEntriesAreFound() throws IOException {
        assertThat(finding(replaced(ArchiveNames.README, "Send money\n".getBytes(UTF_8))))
                .contains(Finding.ENTRY_ALTERED);
        assertThat(finding(replaced("tile/0/000", new byte[256 * Hash.BYTES]))).contains(Finding.ENTRY_ALTERED);
        for (String name : List.of(
                ArchiveNames.README,
                ArchiveNames.KEY,
                ArchiveNames.CHECKPOINT,
                ArchiveNames.EVENTS,
                ArchiveNames.MANIFEST,
                "tile/0/000")) {
            assertThat(finding(removed(name))).as(name).contains(Finding.ENTRY_MISSING);
        }
        Map<String, byte[]> more = new LinkedHashMap<>(Map.of("../../etc/passwd", new byte[1]));
        more.putAll(ArchiveFixtures.entries(whole()));
        assertThat(finding(archives.of(more))).contains(Finding.ENTRY_UNEXPECTED);
        Map<String, byte[]> after = ArchiveFixtures.entries(whole());
        after.put("tile/0/009", new byte[Hash.BYTES]);
        assertThat(finding(archives.of(after))).contains(Finding.ENTRY_UNEXPECTED);
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }
        assertThat(finding(replaced(ArchiveNames.EVENTS, bomb.toByteArray()))).contains(Finding.EVENT_MALFORMED);
        assertThat(finding(replaced(ArchiveNames.README, new byte[2 << 20]))).contains(Finding.ENTRY_UNEXPECTED);
    }

    @Test
    void aCompressedOrRepackedArchiveIsFound() throws IOException {
        Path repacked = directory.resolve("repacked.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(repacked))) {
            for (Map.Entry<String, byte[]> entry :
                    ArchiveFixtures.entries(whole()).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        assertThat(finding(repacked)).contains(Finding.ARCHIVE_ALTERED);
    }

    @Test
    void malformedEventsAreFound() throws IOException {
        for (String line : List.of(
                "",
                "{}",
                "[]",
                "{\"index\":1}",
                "{\"index\":1,\"payload\":\"{}\",\"metadata\":{},\"payload\":\"{}\"}",
                "{\"record\":\"!\",\"payload\":\"{}\",\"metadata\":{}}",
                "{\"record\":\"AAAA\",\"payload\":\"{}\",\"metadata\":{}}",
                "{\"index\":1,\"payload\":\"{}\",\"metadata\":{\"a\":1}}",
                "{\"index\":1,\"payload\":\"{}\",\"metadata\":{}} {}")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write((line + "\n").getBytes(UTF_8));
            }
            assertThat(finding(replaced(ArchiveNames.EVENTS, bytes.toByteArray())))
                    .as(line)
                    .contains(Finding.EVENT_MALFORMED);
        }
    }

    @Test
    void aForgedOrMissingCosignatureIsFound() throws IOException {
        SigningKey witness = SigningKey.generate("test/witness", SignatureType.ED25519_COSIGNATURE, new SecureRandom());
        SigningKey impostor =
                SigningKey.generate("test/witness", SignatureType.ED25519_COSIGNATURE, new SecureRandom());
        Policy policy =
                Policy.parse(("log " + archives.key.verifier() + "\nwitness w " + witness.verifier() + "\nquorum w\n")
                        .getBytes(UTF_8));
        ExportVerifier.Trust trust = new ExportVerifier.Trust(Optional.empty(), Optional.of(policy));
        Path cosigned =
                archives.write(0, 5, archives.range(0, 5), archives.checkpoint().cosign(witness, 2));
        assertThat(finding(cosigned, trust)).isEmpty();
        assertThat(finding(archives.write(0, 5, archives.range(0, 5)), trust)).contains(Finding.COSIGNATURE_INVALID);
        Path forged =
                archives.write(0, 5, archives.range(0, 5), archives.checkpoint().cosign(impostor, 2));
        assertThat(finding(forged, trust)).contains(Finding.COSIGNATURE_INVALID);
    }

    @Test
    void theProgramTellsTheResultByItsExitCode() throws IOException {
        Path key = directory.resolve("key");
        Files.writeString(key, archives.key.verifier() + "\n");
        assertThat(run("--key", key.toString(), whole().toString())).startsWith("0 VERIFIED");
        assertThat(run("verify", whole().toString())).startsWith("0 VERIFIED");
        assertThat(run("verify")).startsWith("2 ");
        assertThat(run("witness")).startsWith("2 ");
        assertThat(run("witness", "--log", "none")).startsWith("2 ");
        assertThat(run(removed(ArchiveNames.README).toString())).startsWith("1 NOT VERIFIED: ENTRY_MISSING");
        assertThat(run()).startsWith("2 ");
        assertThat(run("--unknown")).startsWith("2 ");
        assertThat(run(directory.resolve("absent.zip").toString())).startsWith("2 ");
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        int code = Main.run(args, new PrintStream(out, true, UTF_8), nowhere);
        return code + " " + out.toString(UTF_8);
    }
}
