package chat.parley.load.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures the disk: sequential appends of 4 KB, each followed by fdatasync. */
public final class FsyncProbe {
    private static final int APPEND_BYTES = 4096;
    private static final int DIGITS = 3;

    private final Path directory;
    private final Histogram micros = new Histogram(DIGITS);

    /** @param directory on the disk to measure */
    public FsyncProbe(Path directory) {
        this.directory = directory;
    }

    /** Appends for this time. */
    public void sample(Duration duration) throws IOException {
        Path file = Files.createTempFile(directory, "disk-probe", null);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(APPEND_BYTES);
            long until = System.nanoTime() + duration.toNanos();
            for (long began = System.nanoTime(); began < until; ) {
                block.clear();
                while (block.hasRemaining()) {
                    int ignored = channel.write(block);
                }
                channel.force(false);
                long ended = System.nanoTime();
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(ended - began));
                began = ended;
            }
        }
    }

    public Percentiles percentiles() {
        return Percentiles.of(micros);
    }
}
