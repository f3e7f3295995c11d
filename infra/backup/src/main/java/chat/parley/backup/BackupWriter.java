package chat.parley.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Sha256;
import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes the files of a backup, each to the disk. */
final class BackupWriter {
    static final String MANIFEST = "manifest.json";

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Map<String, String> sums = new LinkedHashMap<>();

    private BackupWriter(Path directory) {
        this.directory = directory;
    }

    /** @throws StartupFailure if the directory has anything in it */
    static BackupWriter into(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            try (Stream<Path> files = Files.list(absolute)) {
                if (files.findAny().isPresent()) {
                    throw new StartupFailure(
                            "The directory " + absolute + " is not empty", "Name one that does not exist yet");
                }
            }
        }
        return new BackupWriter(PrivateFiles.createDirectory(absolute));
    }

    interface Content {
        /** Answers the number of rows. */
        long writeTo(OutputStream file) throws IOException, SQLException;
    }

    long write(String name, Content content) throws IOException, SQLException {
        Path file = directory.resolve(name);
        MessageDigest digest = Sha256.digest();
        PrivateFiles.createFileIfMissing(file);
        long rows;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FastGzip compressed = new FastGzip(new DigestOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES), digest))) {
            rows = content.writeTo(compressed);
            compressed.finish();
            compressed.flush();
            channel.force(true);
        }
        sums.put(name, Checksums.hex(digest));
        return rows;
    }

    /** From here on it is a backup. */
    void finish(Manifest manifest) throws IOException {
        String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
        PrivateFiles.write(directory.resolve(MANIFEST), text);
        MessageDigest digest = Sha256.digest();
        digest.update(text.getBytes(UTF_8));
        sums.put(MANIFEST, Checksums.hex(digest));
        PrivateFiles.write(directory.resolve(Checksums.FILE), Checksums.text(sums));
    }
}
