package chat.parley.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses at the speed of the disk: most bytes are ciphertexts in hexadecimal digits, which no effort makes smaller. */
final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    FastGzip(OutputStream file) throws IOException {
        super(file, BUFFER_BYTES);
        def.setLevel(Deflater.BEST_SPEED);
    }
}
