package chat.parley.search.history.analyst;

import java.io.Flushable;
import java.io.IOException;

/** The file that an export is written as, from its beginning to its end. */
interface ExportFile extends Flushable {
    void write(ExportedMessage message) throws IOException;

    /** Says that this is all, and how much, where the format has a place for it. */
    void end(long exported) throws IOException;
}
