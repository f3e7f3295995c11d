package chat.parley.audit.export;

import chat.parley.api.account.UserId;
import chat.parley.transparency.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ordered exports on disk: a directory for each, with {@code export.json} and, when it is done, {@code archive.zip} and
 * {@code authors.json}.
 */
final class KeptExports {
    private static final String STATE = "export.json";
    private static final String ARCHIVE = "archive.zip";
    private static final String AUTHORS = "authors.json";

    private final JsonMapper json = JsonMapper.shared();
    private final Path root;

    /** @param root readable by this process only, because documents have plain texts */
    KeptExports(Path root) {
        this.root = root;
        try {
            ExportDirectory.create(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of kept exports " + root + " cannot be written", e);
        }
    }

    /** All that are stored. What a killed process has left of others is deleted. */
    List<KeptExport> load() throws IOException {
        List<KeptExport> loaded = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                Path state = directory.resolve(STATE);
                if (Files.exists(state)) {
                    loaded.add(json.readValue(Files.readAllBytes(state), KeptExport.class));
                } else {
                    ExportDirectory.delete(directory);
                }
            }
        }
        return loaded;
    }

    /** Durable on return, in one step. */
    void store(KeptExport export) {
        DurableFiles.write(root.resolve(export.id()).resolve(STATE), json.writeValueAsBytes(export));
    }

    Path archive(KeptExport export) {
        return root.resolve(export.id()).resolve(ARCHIVE);
    }

    /**
     * Takes a finished archive, which is durable.
     *
     * @param authors whose texts or names its documents have
     */
    void take(KeptExport export, Path archive, Set<UserId> authors) throws IOException {
        DurableFiles.write(
                authors(export),
                json.writeValueAsBytes(authors.stream().map(UserId::value).toList()));
        Files.move(archive, archive(export), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Also true if it is not known, as of an archive from before this was stored. */
    boolean mayHave(KeptExport export, UserId author) throws IOException {
        Path authors = authors(export);
        return !Files.exists(authors)
                || List.of(json.readValue(Files.readAllBytes(authors), String[].class))
                        .contains(author.value());
    }

    private Path authors(KeptExport export) {
        return root.resolve(export.id()).resolve(AUTHORS);
    }

    void removeArchive(KeptExport export) throws IOException {
        Files.deleteIfExists(archive(export));
        Files.deleteIfExists(authors(export));
    }

    void remove(KeptExport export) throws IOException {
        ExportDirectory.delete(root.resolve(export.id()));
    }
}
