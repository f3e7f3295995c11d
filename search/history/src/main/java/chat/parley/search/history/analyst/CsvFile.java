package chat.parley.search.history.analyst;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8 with a header row. Spreadsheets execute a cell that begins like a formula; such a text is prefixed
 * with an apostrophe, which marks it as text.
 */
final class CsvFile implements ExportFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
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
                    "end")
            .get();

    /** Includes the full-width forms, which East Asian spreadsheets treat the same. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private final CSVPrinter rows;

    CsvFile(OutputStream out) throws IOException {
        this.rows = FORMAT.print(new OutputStreamWriter(out, UTF_8));
    }

    @Override
    public void write(ExportedMessage message) throws IOException {
        rows.printRecord(
                text(message.conversation()),
                message.position(),
                text(message.sender()),
                message.at(),
                text(message.text()),
                text(String.join(" ", message.mentions())),
                message.replyTo(),
                message.version(),
                message.since(),
                instant(message.until()),
                message.end());
    }

    private static String text(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static @Nullable String instant(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
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
