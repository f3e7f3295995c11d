package chat.parley.audit.export;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.background.BackgroundGzip;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.document.DocumentWriter;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.EventProofs;
import chat.parley.audit.transcript.SelectedEntries;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tile.TileId;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ExportedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes selected events with their proofs, and documents of them, into an archive. */
public final class EventArchiver {
    /** Looking for the newest entry of a conversation takes as long as reading some 500 events of the range. */
    private static final long EVENTS_FOR_A_NEWEST = 500;

    private final EventSelector selector;
    private final EventProofs proofs;
    private final ArchivePacker packer;
    private final DocumentWriter documents;
    private final ExportDirectory directory;

    EventArchiver(EventSelector selector, EventProofs proofs, DocumentWriter documents, ExportDirectory directory) {
        this.selector = selector;
        this.proofs = proofs;
        this.packer = new ArchivePacker(proofs);
        this.documents = documents;
        this.directory = directory;
    }

    /** A finished archive, deleted when it is closed. */
    public record Archive(Path file, long events, ExportDirectory.Place place) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            place.close();
        }
    }

    public Archive archive(ArchiveRequest request, ArchiveProgress progress) throws IOException {
        SignedCheckpoint checkpoint =
                proofs.covering(Math.max(0, request.range().through()));
        ExportDirectory.Place place = directory.open();
        try {
            Path archive = place.file("export.zip");
            Path events = place.file("events.gz");
            Selected selected = write(request, events, progress);
            Map<String, Path> files = new LinkedHashMap<>();
            files.put(ArchiveNames.EVENTS, events);
            if (request.documents().isPresent()) {
                DocumentFormat format = request.documents().get();
                Path written = place.file("documents.zip");
                progress.documents(selected.entries().conversations().stream()
                        .mapToLong(SelectedEntries.OfConversation::count)
                        .sum());
                documents.write(
                        selected.entries(),
                        format,
                        written,
                        place.directory(),
                        progress::documented,
                        progress::revealed);
                files.put(format.archiveName(), written);
            }
            packer.pack(
                    archive,
                    checkpoint,
                    new ArchivePacker.Content(
                            "export-readme.txt",
                            request.range(),
                            request.described(),
                            selected.count(),
                            selected.leafTiles(),
                            files));
            for (Path included : files.values()) {
                Files.delete(included);
            }
            return new Archive(archive, selected.count(), place);
        } catch (IOException | RuntimeException failed) {
            place.close();
            throw failed;
        }
    }

    private record Selected(long count, SortedSet<Long> leafTiles, SelectedEntries entries) {}

    private Selected write(ArchiveRequest request, Path file, ArchiveProgress progress) throws IOException {
        SortedSet<Long> leafTiles = new TreeSet<>();
        long[] count = {0};
        EventProofs.Records records = proofs.records();
        SelectedEntries entries = new SelectedEntries();
        boolean withDocuments = request.documents().isPresent();
        EventRange range = request.range();
        List<EventRange> parts = selector.parts(range, request.filter(), request.conversations());
        try (OutputStream out = new BackgroundGzip(Files.newOutputStream(file))) {
            selector.forEach(
                    parts,
                    request.filter(),
                    event -> {
                        if (!request.accepts(event)) {
                            return;
                        }
                        exported(event, records).write(out);
                        leafTiles.add(event.index() / TileId.FULL);
                        count[0]++;
                        if (withDocuments) {
                            entries.select(event);
                        }
                    },
                    event -> {
                        progress.read(event.index());
                        if (withDocuments) {
                            entries.pass(event);
                        }
                    });
        }
        progress.read(Math.max(range.after(), range.through()));
        if (!parts.equals(List.of(range))) {
            passNewest(entries, range);
        }
        return new Selected(count[0], leafTiles, entries);
    }

    /** The newest entries of the selected conversations may lie in parts of the range that were not read. */
    private void passNewest(SelectedEntries entries, EventRange range) throws IOException {
        Collection<SelectedEntries.OfConversation> selected = entries.conversations();
        if (selected.size() > (range.through() - range.after()) / EVENTS_FOR_A_NEWEST) {
            selector.forEach(List.of(range), EventFilter.ofTypes(Set.of()), entries::pass, event -> {});
            return;
        }
        for (SelectedEntries.OfConversation conversation : selected) {
            selector.newestEntry(conversation.conversation(), range).ifPresent(entries::pass);
        }
    }

    static ExportedEvent exported(RawEvent event, EventProofs.Records records) {
        return new ExportedEvent(event.index(), records.of(event), StrictText.utf8(event.payload()), event.metadata());
    }
}
