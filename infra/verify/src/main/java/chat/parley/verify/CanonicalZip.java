package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * Writes the entries of an archive anew and compares the result with the file, byte by byte. Whatever of a zip file is
 * not content (names, sizes, times, its directory, what follows it) is thereby covered.
 */
final class CanonicalZip implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final InputStream file;
    private final ZipOutputStream zip;

    CanonicalZip(Path archive) throws IOException {
        file = new BufferedInputStream(Files.newInputStream(archive));
        zip = new ZipOutputStream(new Comparison(), UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** The content of an entry; each byte that is read from it is written and compared. */
    InputStream copying(ZipEntry entry, InputStream content) throws IOException, VerificationException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() < 0 || entry.getCrc() < 0) {
            throw new VerificationException(
                    Finding.ARCHIVE_ALTERED, "The entry " + entry.getName() + " is compressed.");
        }
        zip.putNextEntry(ArchiveWriter.entry(entry.getName(), entry.getSize(), entry.getCrc()));
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                if (next >= 0) {
                    zip.write(next);
                }
                return next;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read > 0) {
                    zip.write(target, offset, read);
                }
                return read;
            }
        };
    }

    void endEntry() throws IOException {
        zip.closeEntry();
    }

    /** Requires the file to end where the archive ends. */
    void requireEnd() throws IOException {
        zip.finish();
        if (file.read() >= 0) {
            throw new ZipException("The file continues after the archive.");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private final class Comparison extends OutputStream {
        private final byte[] actual = new byte[BUFFER];
        private long offset;

        @Override
        public void write(int expected) throws IOException {
            write(new byte[] {(byte) expected}, 0, 1);
        }

        @Override
        public void write(byte[] expected, int start, int length) throws IOException {
            for (int from = start; from < start + length; from += BUFFER) {
                compare(expected, from, Math.min(start + length, from + BUFFER));
            }
        }

        private void compare(byte[] expected, int from, int to) throws IOException {
            int read = file.readNBytes(actual, 0, to - from);
            int differs = Arrays.mismatch(expected, from, to, actual, 0, read);
            if (differs >= 0) {
                throw new ZipException("The file differs from an archive at byte " + (offset + differs) + ".");
            }
            offset += read;
        }
    }
}
