package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.wire.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Entries as text, in their order: time, position, person and what they wrote or did. Whoever could read the entries that
 * follow is said where it changes.
 */
final class TextLines implements Closeable {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final String INDENTED = "$0    ";

    private final OutputStream out;
    private final EntryText texts;
    private List<UserId> readers = List.of();

    TextLines(OutputStream out, EntryText texts) {
        this.out = out;
        this.texts = texts;
    }

    /** Further lines of a text are indented, so that no text looks like the entry of somebody else. */
    void line(String line) throws IOException {
        out.write(LINE_BREAK.matcher(line).replaceAll(INDENTED).getBytes(UTF_8));
        out.write('\n');
    }

    void write(TranscriptEntry written) throws IOException {
        Entry entry = written.entry();
        if (!written.readers().equals(readers)) {
            readers = written.readers();
            line("-- readable by: " + (readers.isEmpty() ? "nobody" : texts.people(readers)));
        }
        String sender = texts.person(entry.sender());
        line("[" + entry.at() + "] #" + entry.position() + " " + sender + (entry instanceof Entry.Message ? ": " : " ")
                + texts.of(entry));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
