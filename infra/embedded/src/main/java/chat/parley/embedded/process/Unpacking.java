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
 * Fills a directory that appears under its name as a whole or not at all, so that a cut-short start leaves nothing half
 * done and two starts may do this at once.
 */
public final class Unpacking {
    private static final Logger log = LoggerFactory.getLogger(Unpacking.class);

    private Unpacking() {}

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

    /** Where a file of an archive belongs; the folder around it is there from now on. */
    public static Path place(Path directory, Path name) throws IOException {
        Path place = directory.resolve(name).normalize();
        if (!place.startsWith(directory)) {
            throw new IOException("the archive names a file outside itself: " + name);
        }
        Files.createDirectories(Objects.requireNonNull(place.getParent(), "a file lies in a folder"));
        return place;
    }

    /** What lies in a folder {@code bin} may be run. */
    public static void write(InputStream content, Path place) throws IOException {
        Files.copy(content, place);
        boolean runs = Objects.requireNonNull(place.getParent()).endsWith("bin");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void name(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            // What a system says of a directory that is there already has no exception of its own.
            if (!Files.isDirectory(home)) {
                throw taken;
            }
            log.debug("Another start has unpacked {} meanwhile", home, taken);
        }
    }
}
