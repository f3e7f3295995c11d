package chat.parley.audit.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.log.EventProofs;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.SigningKey;
import chat.parley.transparency.tile.TileId;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ArchiveWriter;
import chat.parley.verify.ExportedEvent;
import chat.parley.verify.Manifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** Writes selected events with their proofs into a temporary archive. */
final class EventArchiver {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final EventSelector selector;
    private final EventProofs proofs;

    EventArchiver(EventSelector selector, EventProofs proofs) {
        this.selector = selector;
        this.proofs = proofs;
    }

    /** The archive, which the caller deletes. */
    Path archive(EventRange range, EventFilter filter) throws IOException {
        SignedCheckpoint checkpoint = proofs.covering(Math.max(0, range.through()));
        Path events = Files.createTempFile("parley-events", ".gz");
        Path archive = Files.createTempFile("parley-export", ".zip");
        try {
            Selected selected = write(range, filter, events);
            write(archive, range, filter, checkpoint, events, selected);
            return archive;
        } catch (IOException | RuntimeException failed) {
            Files.delete(archive);
            throw failed;
        } finally {
            Files.delete(events);
        }
    }

    private record Selected(long count, SortedSet<Long> leafTiles) {}

    private Selected write(EventRange range, EventFilter filter, Path file) throws IOException {
        SortedSet<Long> leafTiles = new TreeSet<>();
        long[] count = {0};
        EventProofs.Records records = proofs.records();
        try (OutputStream out = new BufferedOutputStream(
                new GZIPOutputStream(Files.newOutputStream(file), BUFFER_BYTES), BUFFER_BYTES)) {
            selector.forEach(range, filter, event -> {
                exported(event, records).write(out);
                leafTiles.add(event.index() / TileId.FULL);
                count[0]++;
            });
        }
        return new Selected(count[0], leafTiles);
    }

    private static ExportedEvent exported(RawEvent event, EventProofs.Records records) throws CharacterCodingException {
        String payload =
                UTF_8.newDecoder().decode(ByteBuffer.wrap(event.payload())).toString();
        return new ExportedEvent(event.index(), records.of(event), payload, event.metadata());
    }

    private void write(
            Path archive,
            EventRange range,
            EventFilter filter,
            SignedCheckpoint checkpoint,
            Path events,
            Selected selected)
            throws IOException {
        SigningKey key = proofs.signingKey();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER_BYTES);
                ArchiveWriter writer = new ArchiveWriter(out)) {
            writer.add(ArchiveNames.README, readme());
            writer.add(ArchiveNames.KEY, (key.verifier() + "\n").getBytes(UTF_8));
            writer.add(ArchiveNames.CHECKPOINT, checkpoint.toBytes());
            writer.add(ArchiveNames.EVENTS, events);
            writer.addTiles(proofs.tiles(), checkpoint.checkpoint().head(), selected.leafTiles());
            writer.finish(
                    key.verifier().name(),
                    range.after() + 1,
                    range.through(),
                    filter.isAll() ? Manifest.ALL : filter.described(),
                    selected.count(),
                    key);
        }
    }

    private static byte[] readme() throws IOException {
        try (InputStream in = EventArchiver.class.getResourceAsStream("export-readme.txt")) {
            if (in == null) {
                throw new IllegalStateException("The text about exports is not in this build");
            }
            return in.readAllBytes();
        }
    }
}
