package chat.parley.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Unpacks into a draft directory and renames it when complete. So an interrupted start leaves no incomplete directory,
 * and two starts may unpack at the same time.
 */
public final class AtomicUnpacking {
    private static final Logger log = LoggerFactory.getLogger(AtomicUnpacking.class);

    private AtomicUnpacking() {}

    public interface Content {
        void into(Path directory) throws IOException;
    }

    public static void of(Content content, Path parent, Path home) throws IOException {
        Files.createDirectories(parent);
        log.info("Unpacking into {}", home);
        Path draft = Files.createTempDirectory(parent, "unpacking-");
        try {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            content.into(draft);
            name(draft, home);
        } finally {
            FileSystemUtils.deleteRecursively(draft);
        }
    }

    /** The file of an archive entry; creates its parent folder. */
    public static Path place(Path directory, Path name) throws IOException {
        Path place = directory.resolve(name).normalize();
        if (!place.startsWith(directory)) {
            throw new IOException("the archive contains a path outside its root: " + name);
        }
        Files.createDirectories(Objects.requireNonNull(place.getParent(), "a file lies in a folder"));
        return place;
    }

    /** Files in a folder {@code bin} are executable. */
    public static void write(InputStream content, Path place) throws IOException {
        Files.copy(content, place);
        boolean runs = Objects.requireNonNull(place.getParent()).endsWith("bin");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void name(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            // There is no specific exception for a target directory that exists.
            if (!Files.isDirectory(home)) {
                throw taken;
            }
            log.debug("Another start has unpacked {} meanwhile", home, taken);
        }
    }
}
