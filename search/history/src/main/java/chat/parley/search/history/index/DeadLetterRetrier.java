package chat.parley.search.history.index;

import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.index.BulkWriter.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries rejected documents, derived from the events again. */
public final class DeadLetterRetrier {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterRetrier.class);

    /** A small batch, so that rejected documents never delay new ones. */
    private static final int AT_ONCE = 100;

    private final DeadLetters letters;
    private final BulkWriter bulk;
    private final Documents documents;

    public DeadLetterRetrier(DeadLetters letters, BulkWriter bulk, Documents documents) {
        this.letters = letters;
        this.bulk = bulk;
        this.documents = documents;
    }

    /** Retries the due documents; one that a newer version has replaced counts as written. */
    public void retry(Generation generation) {
        List<DocumentKey> due =
                letters.due(generation, AT_ONCE).stream().map(DeadLetter::key).toList();
        if (due.isEmpty()) {
            return;
        }
        List<Rejection> rejections = bulk.write(generation, due, documents);
        letters.park(generation, rejections);
        List<DocumentKey> written = new ArrayList<>(due);
        written.removeAll(rejections.stream().map(Rejection::key).toList());
        letters.resolve(generation, written);
        log.info("Retried {} rejected documents of {}; {} were indexed", due.size(), generation, written.size());
    }
}
