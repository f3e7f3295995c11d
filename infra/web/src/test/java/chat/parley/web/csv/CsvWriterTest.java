package chat.parley.web.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    private static String row(@Nullable Object... cells) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        CsvWriter csv = new CsvWriter(written, "a", "b");
        csv.row(cells);
        csv.flush();
        assertThat(written.toString(UTF_8)).startsWith("a,b\r\n").endsWith("\r\n");
        return written.toString(UTF_8).substring("a,b\r\n".length());
    }

    @Test
    void commasQuotesAndLineBreaksAreQuoted() throws IOException {
        assertThat(row("one, \"two\"", "three\r\nfour")).isEqualTo("\"one, \"\"two\"\"\",\"three\r\nfour\"\r\n");
    }

    @Test
    void whatIsNoTextIsWrittenAsItIs() throws IOException {
        assertThat(row(-7L, Instant.parse("2026-11-01T00:00:00Z"))).isEqualTo("-7,2026-11-01T00:00:00Z\r\n");
        assertThat(row(null, true)).isEqualTo(",true\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"})
    void aTextLikeAFormulaIsMarkedAsText(String text) throws IOException {
        assertThat(row("safe = text", text)).isEqualTo("safe = text,'" + text + "\r\n");
    }
}
