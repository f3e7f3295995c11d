package chat.parley.web.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8 with a header row. Spreadsheets execute a cell that begins like a formula; such a text is prefixed
 * with an apostrophe, which marks it as text.
 */
public final class CsvWriter implements Flushable {
    public static final String MEDIA_TYPE = "text/csv;charset=UTF-8;header=present";

    /** Includes the full-width forms, which East Asian spreadsheets treat the same. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private final CSVPrinter rows;

    public CsvWriter(OutputStream out, String... columns) throws IOException {
        this.rows = CSVFormat.RFC4180.builder().setHeader(columns).get().print(new OutputStreamWriter(out, UTF_8));
    }

    /** Writes one row. A null is an empty cell. */
    public void row(@Nullable Object... cells) throws IOException {
        rows.printRecord(Arrays.stream(cells).map(CsvWriter::guarded));
    }

    private static @Nullable Object guarded(@Nullable Object cell) {
        return cell instanceof String text && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : cell;
    }

    @Override
    public void flush() throws IOException {
        rows.flush();
    }
}
