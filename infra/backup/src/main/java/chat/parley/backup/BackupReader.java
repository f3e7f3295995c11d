package chat.parley.backup;

import chat.parley.api.Sha256;
import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Table;
import chat.parley.cli.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files of a backup. */
final class BackupReader {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final double WHOLE = 100;

    private final Path directory;
    private final Map<String, String> sums;
    private final Manifest manifest;
    private final long size;
    private long done;

    private BackupReader(Path directory, Map<String, String> sums, Manifest manifest, long size) {
        this.directory = directory;
        this.sums = sums;
        this.manifest = manifest;
        this.size = size;
    }

    /**
     * @throws DamagedBackup  if the backup is unfinished, its manifest is damaged, or it lacks a file
     * @throws StartupFailure if a newer version made it
     */
    static BackupReader open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        Map<String, String> sums = Checksums.read(directory);
        Set<String> missing = new HashSet<>(sums.keySet());
        missing.removeIf(file -> Files.exists(directory.resolve(file)));
        if (!missing.isEmpty()) {
            throw new DamagedBackup("The backup in " + directory + " lacks " + String.join(", ", missing));
        }
        Manifest manifest = manifest(directory, sums);
        long size = 0;
        for (Table table : manifest.tables()) {
            if (!sums.containsKey(table.file())) {
                throw new DamagedBackup("The file " + directory.resolve(Checksums.FILE) + " lacks " + table.file());
            }
            size += Files.size(directory.resolve(table.file()));
        }
        return new BackupReader(directory, sums, manifest, size);
    }

    private static Manifest manifest(Path directory, Map<String, String> sums) throws IOException {
        Path file = directory.resolve(BackupWriter.MANIFEST);
        if (!sums.containsKey(BackupWriter.MANIFEST)) {
            throw new DamagedBackup("The file " + directory.resolve(Checksums.FILE) + " is damaged");
        }
        byte[] text = Files.readAllBytes(file);
        MessageDigest digest = Sha256.digest();
        digest.update(text);
        require(file, sums.get(BackupWriter.MANIFEST), digest);
        JsonNode json = JsonMapper.shared().readTree(text);
        int format = json.path("format").asInt();
        if (format > Manifest.FORMAT) {
            throw new StartupFailure(
                    "The backup has the format " + format + ", and this version reads none newer than "
                            + Manifest.FORMAT,
                    "Restore it with the version that made it, or a newer one");
        }
        return JsonMapper.shared().treeToValue(json, Manifest.class);
    }

    private static void require(Path file, @Nullable String expected, MessageDigest digest) {
        if (!Checksums.hex(digest).equals(expected)) {
            throw new DamagedBackup("The file " + file + " is damaged: its SHA-256 is another one");
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** @throws DamagedBackup if a byte of a file is not as it was written */
    void verify(Progress progress) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Table table : manifest.tables()) {
            MessageDigest digest = Sha256.digest();
            try (InputStream file = new Measured(table, progress, "checked")) {
                for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            require(directory.resolve(table.file()), sums.get(table.file()), digest);
        }
        progress.end();
        done = 0;
    }

    /** The rows in the format of COPY. */
    InputStream rows(Table table, Progress progress) throws IOException {
        return new GZIPInputStream(new Measured(table, progress, table.name()), BUFFER_BYTES);
    }

    /** A file of the backup, whose reading is shown as progress. */
    private final class Measured extends FilterInputStream {
        private final Progress progress;
        private final String what;

        Measured(Table table, Progress progress, String what) throws IOException {
            super(Files.newInputStream(directory.resolve(table.file())));
            this.progress = progress;
            this.what = what;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            done += Math.max(0, count);
            progress.show(WHOLE * done / size, what);
            return count;
        }
    }
}
