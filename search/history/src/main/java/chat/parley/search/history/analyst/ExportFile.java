package chat.parley.search.history.analyst;

import java.io.Flushable;
import java.io.IOException;

/** Writes an export in one file format. */
interface ExportFile extends Flushable {
    void write(ExportedMessage message) throws IOException;

    /** Marks the end of the file and the number of messages, if the format can express it. */
    void end(long exported) throws IOException;
}
