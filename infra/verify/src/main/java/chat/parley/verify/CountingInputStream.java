package chat.parley.verify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were read, each time a megabyte more is. */
final class CountingInputStream extends FilterInputStream {
    private static final int EVERY = 1 << 20;

    private final LongConsumer listener;
    private long count;
    private long told;

    CountingInputStream(InputStream in, LongConsumer listener) {
        super(in);
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        add(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        add(Math.max(0, read));
        return read;
    }

    private void add(int bytes) {
        count += bytes;
        if (count - told >= EVERY) {
            told = count;
            listener.accept(count);
        }
    }
}
