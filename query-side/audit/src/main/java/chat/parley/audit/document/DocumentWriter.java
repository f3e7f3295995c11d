package chat.parley.audit.document;

import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.background.Background;
import chat.parley.audit.transcript.Names;
import chat.parley.audit.transcript.ReadConversation;
import chat.parley.audit.transcript.SelectedEntries;
import chat.parley.audit.transcript.TranscriptFile;
import chat.parley.audit.transcript.Transcripts;
import chat.parley.audit.transcript.UpcomingConversations;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Writes selected entries as documents. */
public final class DocumentWriter {
    private final EventStore events;
    private final QueryClient queries;
    private final TextProtection protection;

    public DocumentWriter(EventStore events, QueryClient queries, TextProtection protection) {
        this.events = events;
        this.queries = queries;
        this.protection = protection;
    }

    /**
     * Writes a zip file of documents.
     *
     * @param directory for temporary files
     * @param progress  is told the number of selected entries that were written since the last time
     * @param authors   is told each person whose texts or names the documents may have, before they have one; on any thread
     */
    public void write(
            SelectedEntries entries,
            DocumentFormat format,
            Path file,
            Path directory,
            LongConsumer progress,
            Consumer<UserId> authors)
            throws IOException {
        TextProtection revealing = new AuthorRecorder(protection, authors);
        Transcripts transcripts = new Transcripts(events, new EntryRenderer(revealing));
        SealedTextReader texts = new SealedTextReader(revealing);
        try (ZipOutputStream zip = new ZipOutputStream(DocumentTarget.buffered(file));
                Background background = new Background();
                Documents documents =
                        format.open(new DocumentTarget(zip, background, directory, new Names(queries, texts)))) {
            zip.setLevel(Deflater.BEST_SPEED);
            try (UpcomingConversations conversations = new UpcomingConversations(transcripts, entries, directory)) {
                TranscriptFile counted = new CountedFile(documents, progress);
                while (conversations.hasNext()) {
                    try (ReadConversation conversation = conversations.next()) {
                        conversation.writeTo(counted);
                    }
                }
            }
            documents.finish();
            background.await();
        }
    }
}
