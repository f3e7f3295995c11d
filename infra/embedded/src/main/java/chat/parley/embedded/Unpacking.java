package chat.parley.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Fills a directory that appears under its name as a whole or not at all, so that a cut-short start leaves nothing half
 * done and two starts may do this at once.
 */
final class Unpacking {
    private static final Logger log = LoggerFactory.getLogger(Unpacking.class);

    private Unpacking() {}

    interface Content {
        void into(Path directory) throws IOException;
    }

    static void of(Content content, Path parent, Path home) throws IOException {
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
