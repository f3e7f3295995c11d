package chat.parley.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.policy.Policy;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody may do to an archive, and what the verifier says to it. Without the log's key whatever is not signed is
 * changed; with the key the archive is signed anew, so that only the events and the tree can tell. The table is written to
 * {@code target/tamperings.md}.
 */
class TamperingWithAnArchiveTest {
    private static final Path TABLE = Path.of("target", "tamperings.md");
    private static final long LAST = ArchiveFixtures.EVENTS - 1;
    private static final byte[] NOTHING = {};

    @TempDir
    private Path directory;

    private ArchiveFixtures archives;

    interface Forger {
        Path tamper(TamperingWithAnArchiveTest with) throws IOException;
    }

    /** @param says a part of the message, which names the place */
    record Tampering(String name, Finding finding, String says, Forger forger) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void beginTheTable() throws IOException {
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, "| tampering | `verify` says |\n|---|---|\n");
    }

    @BeforeEach
    void makeALog() {
        archives = new ArchiveFixtures(directory);
    }

    @ParameterizedTest
    @MethodSource({"changedFiles", "changedEntries", "changedSignatures", "changedEvents", "changedTrees"})
    void isToldByName(Tampering tampering) throws IOException {
        Path archive = tampering.forger.tamper(this);
        VerificationException wrong = catchThrowableOfType(
                VerificationException.class, () -> ExportVerifier.verify(archive, trust(), (bytes, of, read) -> {}));
        assertThat(wrong).as("not noticed").isNotNull();
        Files.writeString(
                TABLE,
                "| " + tampering.name + " | `" + wrong.finding() + "`: " + wrong.getMessage() + " |\n",
                StandardOpenOption.APPEND);
        assertThat(wrong.finding() + ": " + wrong.getMessage())
                .startsWith(tampering.finding + ": ")
                .contains(tampering.says);
    }

    /** With a witness whose cosignature {@link #whole} has. */
    private ExportVerifier.Trust trust() {
        Policy policy =
                Policy.parse(("log " + archives.key.verifier() + "\nwitness w " + WITNESS.verifier() + "\nquorum w\n")
                        .getBytes(UTF_8));
        return new ExportVerifier.Trust(Optional.of(archives.key.verifier()), Optional.of(policy));
    }

    private static final SigningKey WITNESS = key("test/witness", SignatureType.ED25519_COSIGNATURE);

    private static SigningKey key(String name, SignatureType type) {
        return SigningKey.generate(name, type, new SecureRandom());
    }

    private SignedCheckpoint cosigned() {
        return archives.checkpoint().cosign(WITNESS, 2);
    }

    private Path whole() {
        return archives.write(0, LAST, archives.events, cosigned());
    }

    private Map<String, byte[]> parts() throws IOException {
        return ArchiveFixtures.entries(whole());
    }

    private Path replaced(String name, byte[] content) throws IOException {
        Map<String, byte[]> parts = parts();
        parts.put(name, content);
        return archives.of(parts);
    }

    private Path removed(String name) throws IOException {
        Map<String, byte[]> parts = parts();
        parts.remove(name);
        return archives.of(parts);
    }

    private Path renamed(String name, String to) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts().forEach((entry, content) -> parts.put(entry.equals(name) ? to : entry, content));
        return archives.of(parts);
    }

    private Path first(String name, byte[] content) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>(Map.of(name, content));
        parts.putAll(parts());
        return archives.of(parts);
    }

    private Path signed(List<ExportedEvent> events) {
        return archives.write(0, LAST, events, cosigned());
    }

    private List<ExportedEvent> events() {
        return new ArrayList<>(archives.events);
    }

    private interface Change {
        byte[] of(byte[] file);
    }

    private Path bytes(Change change) throws IOException {
        Path archive = whole();
        Files.write(archive, change.of(Files.readAllBytes(archive)));
        return archive;
    }

    /** Overwrites bytes at an offset from where a name is for the first or last time. */
    private Path at(String name, boolean last, int offset, byte... bytes) throws IOException {
        return bytes(file -> {
            String text = new String(file, ISO_8859_1);
            int place = (last ? text.lastIndexOf(name) : text.indexOf(name)) + offset;
            System.arraycopy(bytes, 0, file, place, bytes.length);
            return file;
        });
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] lines(String lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(lines.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zeros(int megabytes) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < megabytes; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        return bomb.toByteArray();
    }

    private Path repacked(boolean compressed) throws IOException {
        Map<String, byte[]> parts = parts();
        parts.put(ArchiveNames.README, new byte[64 << 20]);
        Path archive = directory.resolve("repacked.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.setLevel(compressed ? Deflater.BEST_COMPRESSION : Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return archive;
    }

    private static Tampering tampering(String name, Finding finding, String says, Forger forger) {
        return new Tampering(name, finding, says, forger);
    }

    private static Stream<Tampering> changedFiles() {
        String differs = "differs from an archive at byte";
        return Stream.of(
                tampering(
                        "a flipped byte of the events",
                        Finding.ENTRY_ALTERED,
                        "cannot be decompressed",
                        it -> it.at(ArchiveNames.EVENTS, false, 5_000, (byte) 0xA7)),
                tampering(
                        "a cut tail",
                        Finding.ARCHIVE_ALTERED,
                        "no zip file",
                        it -> it.bytes(file -> Arrays.copyOf(file, file.length - 100))),
                tampering(
                        "half of the file",
                        Finding.ENTRY_ALTERED,
                        "cannot be decompressed after event line",
                        it -> it.bytes(file -> Arrays.copyOf(file, file.length / 2))),
                tampering("an empty file", Finding.ARCHIVE_ALTERED, "no zip file", it -> it.bytes(file -> NOTHING)),
                tampering(
                        "trailing bytes",
                        Finding.ARCHIVE_ALTERED,
                        "continues after the archive",
                        it -> it.bytes(file -> joined(file, new byte[] {0}))),
                tampering(
                        "another archive after this one",
                        Finding.ARCHIVE_ALTERED,
                        "continues after the archive",
                        it -> it.bytes(file -> joined(file, file))),
                tampering(
                        "bytes before the archive",
                        Finding.ARCHIVE_ALTERED,
                        "no zip file",
                        it -> it.bytes(file -> joined("#!/bin/sh\n".getBytes(UTF_8), file))),
                tampering(
                        "a comment of the zip file",
                        Finding.ARCHIVE_ALTERED,
                        differs,
                        it -> it.bytes(file -> {
                            byte[] commented = joined(file, "hi".getBytes(UTF_8));
                            commented[file.length - 2] = 2;
                            return commented;
                        })),
                tampering(
                        "another name in the directory than before the entry",
                        Finding.ARCHIVE_ALTERED,
                        differs,
                        it -> it.at(ArchiveNames.README, true, 0, "EVIL".getBytes(UTF_8))),
                tampering(
                        "another time of an entry",
                        Finding.ARCHIVE_ALTERED,
                        differs,
                        it -> it.at(ArchiveNames.README, false, -20, (byte) 0x11)),
                tampering(
                        "an encrypted entry",
                        Finding.ARCHIVE_ALTERED,
                        "encrypted",
                        it -> it.at(ArchiveNames.README, false, -24, (byte) 1)),
                tampering(
                        "a wrong compressed size",
                        Finding.ARCHIVE_ALTERED,
                        differs,
                        it -> it.at(ArchiveNames.README, false, -12, (byte) 3)),
                tampering(
                        "a wrong checksum",
                        Finding.ARCHIVE_ALTERED,
                        "invalid entry CRC",
                        it -> it.at(ArchiveNames.README, false, -16, (byte) 0x5A, (byte) 0x5A)),
                tampering(
                        "a compressed archive, with a bomb",
                        Finding.ARCHIVE_ALTERED,
                        "compressed",
                        it -> it.repacked(true)),
                tampering(
                        "an archive that another program has packed",
                        Finding.ARCHIVE_ALTERED,
                        "compressed",
                        it -> it.repacked(false)));
    }

    private static Stream<Tampering> changedEntries() {
        byte[] more = "more".getBytes(UTF_8);
        return Stream.of(
                tampering(
                        "an entry that leads out of the directory",
                        Finding.ENTRY_UNEXPECTED,
                        "unknown name",
                        it -> it.first("../../etc/passwd", more)),
                tampering(
                        "an absolute path",
                        Finding.ENTRY_UNEXPECTED,
                        "unknown name",
                        it -> it.first("/etc/passwd", more)),
                tampering(
                        "an unknown file",
                        Finding.ENTRY_UNEXPECTED,
                        "unknown name",
                        it -> it.first("documents/other.zip", more)),
                tampering(
                        "a file after the manifest",
                        Finding.ENTRY_UNEXPECTED,
                        "after the manifest",
                        it -> it.replaced("tile/0/009", new byte[Hash.BYTES])),
                tampering(
                        "a document that the export had not",
                        Finding.ENTRY_UNEXPECTED,
                        "eml.zip",
                        it -> it.first(ArchiveNames.EML, more)),
                tampering(
                        "a renamed document",
                        Finding.ENTRY_UNEXPECTED,
                        "rsmf.zip",
                        it -> it.renamed(ArchiveNames.SLACK, ArchiveNames.RSMF)),
                tampering(
                        "two files of one name",
                        Finding.ENTRY_UNEXPECTED,
                        "README.txt is there twice",
                        it -> it.twice()),
                tampering(
                        "a file larger than it may be",
                        Finding.ENTRY_UNEXPECTED,
                        "larger",
                        it -> it.replaced(ArchiveNames.README, new byte[2 << 20])),
                tampering(
                        "a removed file",
                        Finding.ENTRY_MISSING,
                        ArchiveNames.SLACK,
                        it -> it.removed(ArchiveNames.SLACK)),
                tampering(
                        "no events", Finding.ENTRY_MISSING, ArchiveNames.EVENTS, it -> it.removed(ArchiveNames.EVENTS)),
                tampering(
                        "no manifest",
                        Finding.ENTRY_MISSING,
                        ArchiveNames.MANIFEST,
                        it -> it.removed(ArchiveNames.MANIFEST)),
                tampering("a removed tile", Finding.ENTRY_MISSING, "tiles", it -> it.removed("tile/0/001")),
                tampering(
                        "another explanation",
                        Finding.ENTRY_ALTERED,
                        ArchiveNames.README,
                        it -> it.replaced(ArchiveNames.README, more)),
                tampering(
                        "documents that say something else",
                        Finding.ENTRY_ALTERED,
                        ArchiveNames.SLACK,
                        it -> it.replaced(ArchiveNames.SLACK, more)),
                tampering(
                        "the events of another export",
                        Finding.ENTRY_ALTERED,
                        ArchiveNames.EVENTS,
                        it -> it.replaced(ArchiveNames.EVENTS, ArchiveFixtures.compressed(it.archives.range(0, 99)))),
                tampering(
                        "bytes behind the compressed events",
                        Finding.ENTRY_ALTERED,
                        ArchiveNames.EVENTS,
                        it -> it.replaced(
                                ArchiveNames.EVENTS,
                                joined(it.parts().getOrDefault(ArchiveNames.EVENTS, NOTHING), new byte[100]))),
                tampering("an event passed off as erased", Finding.ENTRY_ALTERED, ArchiveNames.EVENTS, it -> {
                    List<ExportedEvent> events = it.events();
                    events.set(7, new ExportedEvent(7, Optional.empty(), "{\"by\":\"eve\"}", Map.of()));
                    return it.replaced(ArchiveNames.EVENTS, ArchiveFixtures.compressed(events));
                }),
                tampering(
                        "an altered tile",
                        Finding.ENTRY_ALTERED,
                        "tile",
                        it -> it.replaced("tile/0/000", new byte[256 * Hash.BYTES])),
                tampering("entries in another order", Finding.ARCHIVE_ALTERED, "order", it -> {
                    Map<String, byte[]> parts = it.parts();
                    byte[] readme = parts.getOrDefault(ArchiveNames.README, NOTHING);
                    parts.remove(ArchiveNames.README);
                    Map<String, byte[]> reordered = new LinkedHashMap<>();
                    parts.forEach((name, content) -> {
                        reordered.put(name, content);
                        if (name.equals(ArchiveNames.SLACK)) {
                            reordered.put(ArchiveNames.README, readme);
                        }
                    });
                    return it.archives.of(reordered);
                }));
    }

    private Path twice() throws IOException {
        Path archive = first("README.tx_", "Send money\n".getBytes(UTF_8));
        String file = new String(Files.readAllBytes(archive), ISO_8859_1).replace("README.tx_", ArchiveNames.README);
        Files.write(archive, file.getBytes(ISO_8859_1));
        return archive;
    }

    private Path manifest(SigningKey signer, String part, String instead) throws IOException {
        String text = Note.parse(parts().getOrDefault(ArchiveNames.MANIFEST, NOTHING))
                .text()
                .replace(part, instead);
        return replaced(ArchiveNames.MANIFEST, new Note(text, List.of(signer.sign(text))).toBytes());
    }

    private Path head(SignedCheckpoint checkpoint) {
        return archives.write(0, LAST, archives.events, checkpoint.cosign(WITNESS, 2));
    }

    private SignedCheckpoint checkpoint(String origin, TreeHead head, SigningKey signer) {
        return SignedCheckpoint.sign(new Checkpoint(origin, head), signer, 1);
    }

    private static Stream<Tampering> changedSignatures() {
        SigningKey other = key("test/log", SignatureType.ED25519);
        SigningKey impostor = key("test/witness", SignatureType.ED25519_COSIGNATURE);
        return Stream.of(
                tampering(
                        "another key, with everything signed by it",
                        Finding.KEY_UNTRUSTED,
                        "not the trusted",
                        it -> new ArchiveFixtures(it.directory, other, "forged ").write(0, 5, it.archives.range(0, 5))),
                tampering(
                        "the log of another epoch",
                        Finding.KEY_UNTRUSTED,
                        "not the trusted",
                        it -> new ArchiveFixtures(
                                        it.directory,
                                        key("test/log/next", SignatureType.ED25519),
                                        "next ",
                                        it.archives.checkpoint().checkpoint())
                                .write(5, 6, it.archives.range(5, 6))),
                tampering(
                        "no key",
                        Finding.KEY_UNTRUSTED,
                        "log.key",
                        it -> it.replaced(ArchiveNames.KEY, "no key".getBytes(UTF_8))),
                tampering("another number of events in the manifest", Finding.MANIFEST_ALTERED, "manifest", it -> {
                    String text = new String(it.parts().getOrDefault(ArchiveNames.MANIFEST, NOTHING), UTF_8);
                    return it.replaced(
                            ArchiveNames.MANIFEST,
                            text.replace("events 700", "events 699").getBytes(UTF_8));
                }),
                tampering(
                        "a manifest that somebody else signed",
                        Finding.MANIFEST_ALTERED,
                        "manifest",
                        it -> it.manifest(other, "events 700", "events 699")),
                tampering(
                        "a manifest of another log",
                        Finding.MANIFEST_ALTERED,
                        "another log",
                        it -> it.manifest(it.archives.key, "origin test/log", "origin test/log2")),
                tampering(
                        "a manifest in another format",
                        Finding.MANIFEST_ALTERED,
                        "format",
                        it -> it.manifest(it.archives.key, "parley-export/1", "parley-export/2")),
                tampering(
                        "a manifest with leading zeros",
                        Finding.MANIFEST_ALTERED,
                        "format",
                        it -> it.manifest(it.archives.key, "range 0 699", "range 00 699")),
                tampering("the manifest of another export", Finding.ENTRY_ALTERED, "not the one", it -> {
                    byte[] of = ArchiveFixtures.entries(it.archives.write(0, 5, it.archives.range(0, 5), it.cosigned()))
                            .getOrDefault(ArchiveNames.MANIFEST, NOTHING);
                    return it.replaced(ArchiveNames.MANIFEST, of);
                }),
                tampering(
                        "a checkpoint that somebody else signed",
                        Finding.CHECKPOINT_ALTERED,
                        "not signed",
                        it -> it.head(it.checkpoint("test/log", it.archives.head, other))),
                tampering(
                        "a checkpoint of another origin",
                        Finding.CHECKPOINT_ALTERED,
                        "not signed",
                        it -> it.head(
                                it.checkpoint("test/log2", it.archives.head, key("test/log2", SignatureType.ED25519)))),
                tampering(
                        "a checkpoint with another head under the old signature",
                        Finding.CHECKPOINT_ALTERED,
                        "does not verify",
                        it -> it.archives.write(
                                0,
                                LAST,
                                it.archives.events,
                                SignedCheckpoint.parse(it.cosigned()
                                        .toString()
                                        .replace("\n700\n", "\n701\n")
                                        .getBytes(UTF_8)))),
                tampering(
                        "a forged cosignature",
                        Finding.COSIGNATURE_INVALID,
                        "checkpoint",
                        it -> it.archives.write(
                                0,
                                LAST,
                                it.archives.events,
                                it.archives.checkpoint().cosign(impostor, 2))),
                tampering(
                        "a removed cosignature",
                        Finding.COSIGNATURE_INVALID,
                        "checkpoint",
                        it -> it.archives.write(0, LAST, it.archives.events, it.archives.checkpoint())));
    }

    private Path altered(int index, ExportedEvent event) {
        List<ExportedEvent> events = events();
        events.set(index, event);
        return signed(events);
    }

    private Path lineOf(String line) throws IOException {
        return replaced(ArchiveNames.EVENTS, lines(line));
    }

    private static Stream<Tampering> changedEvents() {
        return Stream.of(
                tampering("swapped events", Finding.EVENT_OUT_OF_ORDER, "Event 4 is after event 5", it -> {
                    List<ExportedEvent> events = it.events();
                    events.set(4, it.archives.events.get(5));
                    events.set(5, it.archives.events.get(4));
                    return it.signed(events);
                }),
                tampering("a repeated event", Finding.EVENT_OUT_OF_ORDER, "Event 5 is after event 5", it -> {
                    List<ExportedEvent> events = it.events();
                    events.add(5, it.archives.events.get(5));
                    return it.signed(events);
                }),
                tampering(
                        "an invented event",
                        Finding.EVENT_ALTERED,
                        "Event 5 is not",
                        it -> it.altered(5, ArchiveFixtures.event(5, "invented"))),
                tampering(
                        "an event of another log",
                        Finding.EVENT_ALTERED,
                        "Event 6 is not",
                        it -> it.altered(
                                6, new ArchiveFixtures(it.directory, it.archives.key, "elsewhere ").events.get(6))),
                tampering("a rewritten payload", Finding.EVENT_ALTERED, "payload or the metadata of event 9", it -> {
                    ExportedEvent event = it.archives.events.get(9);
                    return it.altered(9, new ExportedEvent(9, event.entry(), "{\"by\":\"bob\"}", event.metadata()));
                }),
                tampering("rewritten metadata", Finding.EVENT_ALTERED, "payload or the metadata of event 9", it -> {
                    ExportedEvent event = it.archives.events.get(9);
                    return it.altered(9, new ExportedEvent(9, event.entry(), event.payload(), Map.of("by", "bob")));
                }),
                tampering("an event in the future", Finding.EVENT_ALTERED, "Event 9 is not", it -> {
                    ExportedEvent event = it.archives.events.get(9);
                    EventEntry was = event.entry().orElseThrow();
                    EventEntry later = new EventEntry(
                            was.index(),
                            was.type(),
                            was.revision(),
                            was.aggregateType(),
                            was.aggregate(),
                            was.sequence(),
                            was.eventId(),
                            was.epochMillis() + 100L * 365 * 86_400_000,
                            was.payload(),
                            was.metadata(),
                            was.salt());
                    return it.altered(9, new ExportedEvent(9, Optional.of(later), event.payload(), event.metadata()));
                }),
                tampering("a removed event", Finding.EVENT_MISSING, "the first one missing is event 42", it -> {
                    List<ExportedEvent> events = it.events();
                    events.remove(42);
                    return it.signed(events);
                }),
                tampering(
                        "truncated events",
                        Finding.EVENT_MISSING,
                        "the first one missing is event 651",
                        it -> it.signed(it.archives.range(0, 650))),
                tampering(
                        "more events than the range",
                        Finding.EVENT_OUT_OF_RANGE,
                        "range of the manifest",
                        it -> it.archives.write(0, 10, it.archives.range(0, 11), it.cosigned())),
                tampering(
                        "an old head with new events", Finding.EVENT_OUT_OF_RANGE, "newer than the checkpoint", it -> {
                            List<ExportedEvent> events = it.events();
                            events.add(ArchiveFixtures.event(ArchiveFixtures.EVENTS, "after the checkpoint"));
                            return it.archives.write(0, ArchiveFixtures.EVENTS, events, it.cosigned());
                        }),
                tampering(
                        "a bomb instead of the events",
                        Finding.EVENT_MALFORMED,
                        "longer than any event",
                        it -> it.replaced(ArchiveNames.EVENTS, zeros(64))),
                tampering(
                        "a line that is no event",
                        Finding.EVENT_MALFORMED,
                        "line 1 is no event",
                        it -> it.lineOf("{\"index\":0}\n")),
                tampering(
                        "an event with two payloads",
                        Finding.EVENT_MALFORMED,
                        "line 1 is no event",
                        it -> it.lineOf("{\"index\":0,\"payload\":\"{}\",\"metadata\":{},\"payload\":\"[]\"}\n")),
                tampering(
                        "an event with something more",
                        Finding.EVENT_MALFORMED,
                        "line 1 is no event",
                        it -> it.lineOf("{\"index\":0,\"payload\":\"{}\",\"metadata\":{},\"text\":\"hello\"}\n")),
                tampering(
                        "a last line without its end",
                        Finding.EVENT_MALFORMED,
                        "does not end with a newline",
                        it -> it.lineOf("{\"index\":0,\"payload\":\"{}\",\"metadata\":{}}")),
                tampering(
                        "a record that is none",
                        Finding.EVENT_MALFORMED,
                        "record that does not follow",
                        it -> it.lineOf("{\"record\":\"AAAA\",\"payload\":\"{}\",\"metadata\":{}}\n")));
    }

    private static Stream<Tampering> changedTrees() {
        String leads = "do not lead to the checkpoint";
        return Stream.of(
                tampering(
                        "another head, signed by the log",
                        Finding.TREE_ALTERED,
                        leads,
                        it -> it.head(it.checkpoint(
                                "test/log",
                                new TreeHead(ArchiveFixtures.EVENTS, Hash.plain(new byte[] {1})),
                                it.archives.key))),
                tampering(
                        "another number of events under the same root",
                        Finding.TREE_ALTERED,
                        leads,
                        it -> it.head(it.checkpoint(
                                "test/log",
                                new TreeHead(ArchiveFixtures.EVENTS + 1, it.archives.head.root()),
                                it.archives.key))),
                tampering(
                        "no proof as predecessor",
                        Finding.PREDECESSOR_ALTERED,
                        "does not verify",
                        it -> it.predecessor("no proof".getBytes(UTF_8))),
                tampering(
                        "the proof of another leaf as predecessor",
                        Finding.PREDECESSOR_ALTERED,
                        "another leaf",
                        it -> it.predecessor(it.proof(5))),
                tampering(
                        "the proof of a log before, in a log that continues none",
                        Finding.PREDECESSOR_ALTERED,
                        "not in the tree",
                        it -> it.predecessor(new ArchiveFixtures(
                                        it.directory,
                                        it.archives.key,
                                        "other ",
                                        new Checkpoint("test/before", it.archives.head))
                                .predecessor(it.archives.checkpoint()))));
    }

    private byte[] proof(int leaf) {
        long size = archives.head.size();
        MerkleTree tree = new MerkleTree(new TileReader(archives.tiles, size), size);
        return LogProof.of(tree.inclusion(leaf), archives.checkpoint())
                .withExtra(archives.events.get(leaf).entry().orElseThrow().encode())
                .toBytes();
    }

    private Path predecessor(byte[] proof) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts().forEach((name, content) -> {
            if (name.equals(ArchiveNames.EVENTS)) {
                parts.put(ArchiveNames.PREDECESSOR, proof);
            }
            parts.put(name, content);
        });
        return archives.of(parts);
    }
}
