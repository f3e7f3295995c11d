package chat.parley.embedded.postgres;

import chat.parley.api.Sha256;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.AtomicUnpacking;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this platform, unpacked from the class path by the first start and reused by later ones.
 */
record PostgresBinaries(Path home) {

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks into a directory that is named by the archive's hash. */
    static PostgresBinaries unpackInto(Path parent) {
        String resource = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            Path home = parent.resolve("postgresql-" + fingerprint(resource));
            if (!Files.isDirectory(home)) {
                AtomicUnpacking.of(directory -> unpack(resource, directory), parent, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException failure) {
            throw new StartupFailure(
                    "PostgreSQL's programs could not be unpacked into " + parent + ": " + failure,
                    "Free space or grant access there, or set parley.embedded.binaries-dir to another directory.",
                    failure);
        }
    }

    static String archive(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        String machine = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        return "postgres-" + os + "-" + machine + ".txz";
    }

    private static InputStream open(String resource) throws IOException {
        InputStream stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new StartupFailure(
                    "Parley contains no PostgreSQL for this platform (%s on %s)."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    "Use servers of your own: parley.engines=server.");
        }
        return new BufferedInputStream(stream);
    }

    private static String fingerprint(String resource) throws IOException {
        try (InputStream stream = open(resource)) {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        }
    }

    private static void unpack(String resource, Path directory) throws IOException {
        try (InputStream stream = open(resource);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, directory);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path draft) throws IOException {
        Path place = AtomicUnpacking.place(draft, Path.of(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(place);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
        } else {
            AtomicUnpacking.write(content, place);
        }
    }
}
