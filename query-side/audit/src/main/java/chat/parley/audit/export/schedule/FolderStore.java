package chat.parley.audit.export.schedule;

import chat.parley.transparency.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A directory. An archive is written beside its place and moved there in one step. */
final class FolderStore implements ArchiveStore {
    private final Path directory;

    FolderStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> names(String prefix) throws IOException {
        Files.createDirectories(directory);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public void put(String name, Path archive) throws IOException {
        Path place = directory.resolve(name);
        if (Files.exists(place)) {
            throw new FileAlreadyExistsException(place.toString());
        }
        Path part = directory.resolve(name + ".part");
        Files.copy(archive, part, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.force(part);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.force(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
