package chat.parley.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Counts the rows of COPY and tells each thousand. A row ends with a line feed; those of texts are escaped. */
final class RowCounter extends FilterOutputStream {
    private static final int STEP = 1_000;

    private final LongConsumer counted;
    private long rows;
    private long told;

    RowCounter(OutputStream file, LongConsumer counted) {
        super(file);
        this.counted = counted;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                rows++;
            }
        }
        if (rows - told >= STEP) {
            told = rows;
            counted.accept(rows);
        }
    }
}
