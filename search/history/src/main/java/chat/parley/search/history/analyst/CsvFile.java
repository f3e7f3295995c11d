package chat.parley.search.history.analyst;

import chat.parley.web.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;

/** One message a row. */
final class CsvFile implements ExportFile {
    private final CsvWriter rows;

    CsvFile(OutputStream out) throws IOException {
        this.rows = new CsvWriter(
                out,
                "conversation",
                "position",
                "sender",
                "at",
                "text",
                "mentions",
                "replyTo",
                "version",
                "since",
                "until",
                "end");
    }

    @Override
    public void write(ExportedMessage message) throws IOException {
        rows.row(
                message.conversation(),
                message.position(),
                message.sender(),
                message.at(),
                message.text(),
                String.join(" ", message.mentions()),
                message.replyTo(),
                message.version(),
                message.since(),
                message.until(),
                message.end());
    }

    @Override
    public void end(long exported) throws IOException {
        flush();
    }

    @Override
    public void flush() throws IOException {
        rows.flush();
    }
}
