package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.CanonicalMetadata;
import chat.parley.transparency.entry.EpochEntry;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.note.SignatureType;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tile.TileId;
import chat.parley.transparency.tile.TileReader;
import chat.parley.transparency.tile.TileStore;
import chat.parley.transparency.tile.TileWriter;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.MerkleTree;
import chat.parley.transparency.tree.TreeHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** A log of some events, and archives of it, whole or tampered with before they are signed. */
final class ArchiveFixtures {
    static final long EVENTS = 700;

    private final Path directory;
    final SigningKey key;
    final List<ExportedEvent> events = new ArrayList<>();
    final TreeHead head;
    private @Nullable EpochEntry epoch;
    final TileStore tiles = new StoredTiles();

    ArchiveFixtures(Path directory) {
        this(directory, SigningKey.generate("test/log", SignatureType.ED25519, new SecureRandom()), "말 ");
    }

    ArchiveFixtures(Path directory, SigningKey key, String said) {
        this(directory, key, said, null);
    }

    /** @param predecessor the last head of the log that this one continues */
    ArchiveFixtures(Path directory, SigningKey key, String said, @Nullable Checkpoint predecessor) {
        this.directory = directory;
        this.key = key;
        TileWriter writer = TileWriter.open(tiles, TreeHead.EMPTY);
        LongStream.range(0, EVENTS)
                .mapToObj(index -> event(index, said + index))
                .forEach(event -> {
                    events.add(event);
                    Hash record = event.entry().orElseThrow().leafHash();
                    if (event.index() == 0 && predecessor != null) {
                        epoch = new EpochEntry(predecessor, record);
                    }
                    writer.append(epoch != null && event.index() == 0 ? epoch.leafHash() : record);
                });
        this.head = writer.flush();
    }

    static ExportedEvent event(long index, String text) {
        String payload = "{\"by\":\"ann\",\"text\":\"" + text + "\"}";
        Map<String, String> metadata = index % 3 == 0 ? Map.of("traceId", "t" + index) : Map.of();
        EventEntry entry = new EventEntry(
                index,
                "MessageSent",
                Optional.of("1"),
                Optional.of("Conversation"),
                "club",
                index,
                "event-" + index,
                1_000 * index,
                Hash.plain(payload.getBytes(UTF_8)),
                CanonicalMetadata.hash(metadata),
                Salt.random(new SecureRandom()));
        return new ExportedEvent(index, Optional.of(entry), payload, metadata);
    }

    List<ExportedEvent> range(long first, long last) {
        return events.subList((int) first, (int) last + 1);
    }

    SignedCheckpoint checkpoint() {
        return signed(head);
    }

    /** The checkpoint that the log had when it had as many events. */
    SignedCheckpoint checkpoint(long size) {
        return signed(new MerkleTree(new TileReader(tiles, head.size()), size).head());
    }

    SignedCheckpoint signed(TreeHead tree) {
        return SignedCheckpoint.sign(new Checkpoint(key.verifier().name(), tree), key, 1);
    }

    /** An archive that says of itself that it has all events of a range. */
    Path write(long first, long last, List<ExportedEvent> exported) {
        return write(first, last, exported, checkpoint());
    }

    Path write(long first, long last, List<ExportedEvent> exported, SignedCheckpoint checkpoint) {
        Path archive = directory.resolve("export.zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ArchiveWriter writer = new ArchiveWriter(out)) {
            writer.add(ArchiveNames.README, "About this archive\n".getBytes(UTF_8));
            writer.add(ArchiveNames.KEY, (key.verifier() + "\n").getBytes(UTF_8));
            writer.add(ArchiveNames.CHECKPOINT, checkpoint.toBytes());
            if (epoch != null) {
                writer.add(ArchiveNames.PREDECESSOR, predecessor(checkpoint));
            }
            writer.add(ArchiveNames.EVENTS, compressed(exported));
            writer.add(ArchiveNames.SLACK, "Documents".getBytes(UTF_8));
            SortedSet<Long> touched = new TreeSet<>();
            exported.forEach(event -> touched.add(Math.min(event.index(), EVENTS - 1) / TileId.FULL));
            writer.addTiles(tiles, head, touched);
            writer.finish(key.verifier().name(), first, last, Manifest.ALL, exported.size(), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }

    /** The proof of the log before, as a log serves it. */
    byte[] predecessor(SignedCheckpoint checkpoint) {
        if (epoch == null) {
            throw new IllegalStateException("This log continues none.");
        }
        return LogProof.of(new MerkleTree(new TileReader(tiles, head.size()), head.size()).inclusion(0), checkpoint)
                .withExtra(epoch.encode())
                .toBytes();
    }

    static byte[] compressed(List<ExportedEvent> events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            events.forEach(event -> event.write(gzip));
        }
        return bytes.toByteArray();
    }

    /** An archive's entries in their order. */
    static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    /** The archive of all events with other entries, under the old manifest. */
    Path with(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = entries(write(0, EVENTS - 1, events));
        change.accept(entries);
        return of(entries);
    }

    /** An archive of these entries, whose manifest is one of them. */
    Path of(Map<String, byte[]> entries) throws IOException {
        Path archive = directory.resolve("tampered.zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ArchiveWriter writer = new ArchiveWriter(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
        }
        return archive;
    }
}
