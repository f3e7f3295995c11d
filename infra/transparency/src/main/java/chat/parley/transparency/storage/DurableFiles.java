package chat.parley.transparency.storage;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads and writes small files; a written file is whole and on disk, also after a crash. */
public final class DurableFiles {
    private DurableFiles() {}

    /** The bytes of a file that is not larger than this, if it exists. */
    public static Optional<byte[]> read(Path file, int most) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new TransparencyException(Reason.TOO_LARGE, file + " has more than " + most + " bytes.");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, replacing one that exists. */
    public static void write(Path file, byte[] content) {
        try {
            Path folder = folderOf(file);
            Set<Path> changed = new LinkedHashSet<>();
            createFolders(folder, changed);
            replace(file, folder, content);
            changed.add(folder);
            for (Path each : changed) {
                force(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file only if there is none. */
    public static boolean create(Path file, byte[] content) {
        if (Files.exists(file)) {
            return false;
        }
        try {
            Path folder = folderOf(file);
            Set<Path> changed = new LinkedHashSet<>();
            createFolders(folder, changed);
            Path temporary = writeTemporary(folder, content);
            try {
                // Unlike a move, a link never replaces a file.
                Files.createLink(file, temporary);
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(temporary);
            }
            changed.add(folder);
            for (Path each : changed) {
                force(each);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, Path folder, byte[] content) throws IOException {
        Path temporary = writeTemporary(folder, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path writeTemporary(Path folder, byte[] content) throws IOException {
        Path temporary = folder.resolve(".writing-" + UUID.randomUUID());
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "A file is in a folder.");
    }

    /** Creates the folders that are missing; each one's name is in the folder above, which has to be forced too. */
    private static void createFolders(Path folder, Set<Path> changed) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        createFolders(parent, changed);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        changed.add(parent);
    }

    /** Forces the content of a file, or the names in a folder, to the disk. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
