package chat.parley.embedded.process;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The data directory, locked by this process until {@link #close}. */
public final class DataDirectory implements AutoCloseable {

    /**
     * Directories locked by this JVM. POSIX releases a process's lock when the process closes <em>any</em> handle of
     * the file, so a second lock in the same JVM has to be refused before the file is opened.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Creates the directory if it is missing and locks it. Fails with the owner of the lock if another process holds
     * it.
     */
    public static DataDirectory open(Path wanted) {
        Path root = create(wanted);
        Path lockFile = root.resolve("parley.lock");
        if (!HELD_HERE.add(root)) {
            throw inUse(root, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            PrivateFiles.createFileIfMissing(lockFile);
            channel = FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(root, read(channel));
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return new DataDirectory(root, channel);
        } catch (IOException | RuntimeException failure) {
            HELD_HERE.remove(root);
            closeAfter(failure, channel);
            if (failure instanceof StartupFailure known) {
                throw known;
            }
            throw new StartupFailure(
                    "The data directory " + root + " cannot be locked: " + failure,
                    "Start Parley as the user who owns it, or choose another one with parley.data-dir.",
                    failure);
        }
    }

    public Path root() {
        return root;
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    /**
     * Releases the lock. The lock file stays, because removing it would race with a process that has just opened it.
     */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StartupFailure("The lock of " + root + " was not released cleanly: " + failure, "", failure);
        } finally {
            HELD_HERE.remove(root);
        }
    }

    private static Path create(Path wanted) {
        try {
            return PrivateFiles.createDirectory(wanted.toAbsolutePath().normalize())
                    .toRealPath();
        } catch (IOException failure) {
            throw new StartupFailure(
                    "The data directory " + wanted.toAbsolutePath().normalize() + " cannot be used: " + failure,
                    "Give Parley a directory it may write to with parley.data-dir (or PARLEY_DATA_DIR).",
                    failure);
        }
    }

    private static StartupFailure inUse(Path root, String holder) {
        return new StartupFailure(
                "The data directory %s is in use by another Parley (process %s)."
                        .formatted(root, holder.isEmpty() ? "unknown" : holder),
                "Stop that process, or give this one its own data with parley.data-dir (or PARLEY_DATA_DIR).");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(text + "\n"), 0);
    }

    private static void closeAfter(Exception failure, @Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }
}
