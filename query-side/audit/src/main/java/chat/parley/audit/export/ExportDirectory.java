package chat.parley.audit.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where exports are written before they are handed out. Only this process may read it, because documents have plain
 * texts. What a killed process has left is deleted at the next start.
 */
final class ExportDirectory {
    private final Path root;

    ExportDirectory(Path root) {
        this.root = root;
        try {
            if (Files.exists(root)) {
                delete(root);
            }
            create(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of exports " + root + " cannot be written", e);
        }
    }

    static void create(Path directory) throws IOException {
        Files.createDirectories(directory, ownerOnly(directory));
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The size of everything that is being written. */
    long bytes() throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                // Files are deleted meanwhile.
                if (gone instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw gone;
            }
        });
        return bytes[0];
    }

    /** A place for one export. */
    Place open() throws IOException {
        return new Place(Files.createTempDirectory(root, "export", ownerOnly(root)));
    }

    /** The files of one export, deleted when it is closed. */
    record Place(Path directory) implements Closeable {
        Path file(String name) {
            return directory.resolve(name);
        }

        @Override
        public void close() throws IOException {
            delete(directory);
        }
    }
}
