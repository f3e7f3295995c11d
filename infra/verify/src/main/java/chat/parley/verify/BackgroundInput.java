package chat.parley.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads a stream on a thread of its own, one buffer ahead of the thread that reads this one. Does not close it. */
final class BackgroundInput extends InputStream {
    private static final int BUFFER = 256 * 1024;

    private final InputStream source;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "archive-reader");
        thread.setDaemon(true);
        return thread;
    });
    private Piece present = new Piece(new byte[BUFFER], 0, null);
    private int consumed;
    private Future<Piece> next;

    private static final class Piece {
        private final byte[] bytes;
        private final int length;
        /** What ended the stream after these bytes, if not its end. */
        private final @Nullable IOException failure;

        Piece(byte[] bytes, int length, @Nullable IOException failure) {
            this.bytes = bytes;
            this.length = length;
            this.failure = failure;
        }
    }

    BackgroundInput(InputStream source) {
        this.source = source;
        next = reader.submit(() -> fill(new byte[BUFFER]));
    }

    private Piece fill(byte[] buffer) {
        int length = 0;
        try {
            for (int read = 0; read >= 0 && length < buffer.length; ) {
                length += read;
                read = source.read(buffer, length, buffer.length - length);
            }
            return new Piece(buffer, length, null);
        } catch (IOException failure) {
            return new Piece(buffer, length, failure);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (consumed == present.length) {
            if (present.failure != null) {
                throw present.failure;
            }
            byte[] spare = present.bytes;
            present = await();
            consumed = 0;
            next = reader.submit(() -> fill(spare));
            if (present.length == 0 && present.failure == null) {
                return -1;
            }
            return read(target, offset, length);
        }
        int read = Math.min(length, present.length - consumed);
        System.arraycopy(present.bytes, consumed, target, offset, read);
        consumed += read;
        return read;
    }

    private Piece await() throws IOException {
        try {
            return next.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException("The archive could not be read", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The reading of the archive was interrupted");
        }
    }

    /** Waits for what is being read, so that the stream is free for others. */
    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            reader.shutdown();
        }
    }
}
