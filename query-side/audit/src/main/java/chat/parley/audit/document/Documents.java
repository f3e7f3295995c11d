package chat.parley.audit.document;

import chat.parley.audit.transcript.TranscriptFile;
import java.io.Closeable;
import java.io.IOException;

/** The documents of one export. Closing removes temporary files. */
interface Documents extends TranscriptFile, Closeable {
    /** Writes what is known only after all transcripts. */
    void finish() throws IOException;
}
