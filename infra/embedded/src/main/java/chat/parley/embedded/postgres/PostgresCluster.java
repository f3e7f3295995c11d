package chat.parley.embedded.postgres;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The data directory of the embedded PostgreSQL and its password. A new cluster is created in a draft directory and
 * renamed when complete, so that an interrupted first start does not affect the next one.
 */
record PostgresCluster(Path directory, String password) {

    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

    private static final String MAJOR_VERSION = "17";
    private static final String DRAFT_PREFIX = "postgres.new-";
    private static final int PASSWORD_BYTES = 32;

    static PostgresCluster openOrCreate(DataDirectory data, PostgresBinaries binaries, ServiceAccount account) {
        Path directory = directoryIn(data.root());
        Path passwordFile = passwordFileIn(data.root());
        try {
            removeDrafts(data.root());
            if (Files.exists(directory)) {
                refuseIfForeign(directory, account);
                check(directory, passwordFile);
                account.own(directory);
            } else {
                create(directory, passwordFile, binaries, account);
            }
            return new PostgresCluster(directory, passwordIn(data.root()));
        } catch (IOException failure) {
            throw new StartupFailure(
                    "PostgreSQL's data in " + directory + " cannot be used: " + failure,
                    "Start Parley as the user who owns the data directory.",
                    failure);
        }
    }

    static Path directoryIn(Path dataDir) {
        return dataDir.resolve("postgres");
    }

    static String passwordIn(Path dataDir) throws IOException {
        return Files.readString(passwordFileIn(dataDir)).strip();
    }

    private static Path passwordFileIn(Path dataDir) {
        return dataDir.resolve("postgres.password");
    }

    private static void check(Path directory, Path passwordFile) throws IOException {
        Path versionFile = directory.resolve("PG_VERSION");
        String version =
                Files.exists(versionFile) ? Files.readString(versionFile).strip() : "none";
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartupFailure(
                    "%s contains no data of PostgreSQL %s (version found: %s)."
                            .formatted(directory, MAJOR_VERSION, version),
                    "Move it away to start empty, restore a backup, or start the version of Parley that created it.");
        }
        if (!Files.exists(passwordFile)) {
            throw new StartupFailure(
                    "The database in " + directory + " exists, but its password file is missing: " + passwordFile + ".",
                    "Restore that file; the database cannot be opened without it.");
        }
    }

    private static void refuseIfForeign(Path directory, ServiceAccount account) throws IOException {
        if (!account.mayOwn(directory)) {
            throw new StartupFailure(
                    "PostgreSQL's data in %s belongs to the user '%s'."
                            .formatted(directory, Files.getOwner(directory).getName()),
                    "Start Parley as that user, or as root.");
        }
    }

    private static void create(Path directory, Path passwordFile, PostgresBinaries binaries, ServiceAccount account)
            throws IOException {
        log.info("Creating a new database in {}", directory);
        if (!Files.exists(passwordFile)) {
            PrivateFiles.write(passwordFile, newPassword() + "\n");
        }
        Path draft = Files.createTempDirectory(directory.getParent(), DRAFT_PREFIX);
        account.own(draft);
        ChildCommand.Result result = account.run(new ChildCommand(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + draft,
                "--username=" + Postmaster.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums")));
        if (!result.succeeded()) {
            FileSystemUtils.deleteRecursively(draft);
            throw new StartupFailure(
                    "A new database could not be made in %s: %s".formatted(directory, result.output()),
                    "Correct the cause and start again; the incomplete database was removed.");
        }
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeDrafts(Path root) throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            for (Path draft : children.filter(
                            child -> child.getFileName().toString().startsWith(DRAFT_PREFIX))
                    .toList()) {
                log.info("Removing {}, left by an interrupted first start", draft);
                FileSystemUtils.deleteRecursively(draft);
            }
        }
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
