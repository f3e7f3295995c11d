package chat.parley.embedded.elasticsearch;

import chat.parley.api.Sha256;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.AtomicUnpacking;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Elasticsearch with Parley's analysis plugin, unpacked by the first start and reused by later ones. */
public record ElasticsearchBinaries(Path home) {

    private static final String PLUGIN = "/chat/parley/search/analysis/plugin.zip";

    Path program() {
        return home.resolve("bin").resolve("elasticsearch");
    }

    Path config(String name) {
        return home.resolve("config").resolve(name);
    }

    /** Unpacks into a directory that is named by the hash of archive and plugin. */
    public static ElasticsearchBinaries unpackInto(Path parent, Path archive) {
        if (!Files.isRegularFile(archive)) {
            throw new StartupFailure(
                    "There is no Elasticsearch archive at " + archive + ".",
                    "Download " + EmbeddedSearch.ARCHIVE + " and set parley.embedded.search-archive to the file.");
        }
        try {
            Path home = parent.resolve("elasticsearch-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                AtomicUnpacking.of(directory -> unpack(archive, directory), parent, home);
            }
            return new ElasticsearchBinaries(home);
        } catch (IOException failure) {
            throw new StartupFailure(
                    "Elasticsearch could not be unpacked into " + parent + ": " + failure,
                    "Free space or grant access there, or set parley.embedded.binaries-dir to another directory.",
                    failure);
        }
    }

    private static String fingerprint(Path archive) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream server = new DigestInputStream(Files.newInputStream(archive), digest);
                InputStream plugin = new DigestInputStream(plugin(), digest)) {
            server.transferTo(OutputStream.nullOutputStream());
            plugin.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static InputStream plugin() {
        return Objects.requireNonNull(
                ElasticsearchBinaries.class.getResourceAsStream(PLUGIN), "the build puts the plugin on the class path");
    }

    private static void unpack(Path archive, Path directory) throws IOException {
        try (InputStream server = Files.newInputStream(archive);
                InputStream plugin = plugin()) {
            // The archive has a top-level folder.
            unpack(server, 1, directory);
            unpack(plugin, 0, directory.resolve("plugins").resolve("parley-analysis"));
        }
    }

    private static void unpack(InputStream archive, int foldersToSkip, Path into) throws IOException {
        ZipInputStream zip = new ZipInputStream(new BufferedInputStream(archive));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path name = Path.of(entry.getName());
            if (name.getNameCount() > foldersToSkip) {
                unpack(entry, zip, AtomicUnpacking.place(into, name.subpath(foldersToSkip, name.getNameCount())));
            }
        }
    }

    private static void unpack(ZipEntry entry, InputStream content, Path place) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
        } else {
            AtomicUnpacking.write(content, place);
        }
    }
}
