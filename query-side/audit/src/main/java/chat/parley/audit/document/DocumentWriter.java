package chat.parley.audit.document;

import chat.parley.audit.transcript.Names;
import chat.parley.audit.transcript.SelectedEntries;
import chat.parley.audit.transcript.Transcripts;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.SealedTextReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

/** Writes selected entries as documents. */
public final class DocumentWriter {
    private final Transcripts transcripts;
    private final QueryClient queries;
    private final SealedTextReader texts;

    public DocumentWriter(Transcripts transcripts, QueryClient queries, SealedTextReader texts) {
        this.transcripts = transcripts;
        this.queries = queries;
        this.texts = texts;
    }

    /**
     * Writes a zip file of documents.
     *
     * @param directory for temporary files
     * @param progress  is told the number of selected entries of each finished conversation
     */
    public void write(SelectedEntries entries, DocumentFormat format, Path file, Path directory, LongConsumer progress)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(DocumentTarget.buffered(file));
                Documents documents = format.open(new DocumentTarget(zip, directory, new Names(queries, texts)))) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (SelectedEntries.OfConversation conversation : entries.conversations()) {
                transcripts.read(conversation, documents, directory);
                progress.accept(conversation.count());
            }
            documents.finish();
        }
    }
}
