package chat.parley.audit.background;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses on another thread, while the caller goes on. As fast as possible: sealed texts get hardly smaller by more
 * effort.
 */
public final class BackgroundGzip extends OutputStream {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Background compressor = new Background();
    private final OutputStream gzip;
    private byte[] filled = new byte[BUFFER_BYTES];
    private byte[] spare = new byte[BUFFER_BYTES];
    private int length;

    public BackgroundGzip(OutputStream out) throws IOException {
        gzip = new FastGzip(out);
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int written = 0; written < count; ) {
            if (length == BUFFER_BYTES) {
                compress();
            }
            int part = Math.min(count - written, BUFFER_BYTES - length);
            System.arraycopy(bytes, offset + written, filled, length, part);
            length += part;
            written += part;
        }
    }

    /** The spare buffer is free when its compression is over, for which the next piece of work waits. */
    private void compress() throws IOException {
        byte[] full = filled;
        int bytes = length;
        compressor.run(() -> gzip.write(full, 0, bytes));
        filled = spare;
        spare = full;
        length = 0;
    }

    /** Ends the compressed data, unless something has failed before. */
    @Override
    public void close() throws IOException {
        try (gzip;
                compressor) {
            compress();
            compressor.await();
        }
    }
}
