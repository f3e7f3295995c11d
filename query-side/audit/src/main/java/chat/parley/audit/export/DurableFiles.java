package chat.parley.audit.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes files durable before anything relies on them. */
public final class DurableFiles {
    private DurableFiles() {}

    public static void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** The names in a directory. */
    public static void forceDirectory(Path directory) throws IOException {
        force(directory, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
