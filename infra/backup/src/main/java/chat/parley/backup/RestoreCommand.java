package chat.parley.backup;

import chat.parley.vault.OpenedVault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restores vault and events. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restores vault and events of a backup, in one transaction, while no node runs. The next start begins with the"
                    + " restored history: it builds the read side and the search index from it, and clients load it anew."
                    + " Exit code 1: the backup is unfinished or damaged.",
            DatabaseCommand.SETTINGS
        })
final class RestoreCommand extends DatabaseCommand {
    @Option(names = "--replace", description = "Replaces the vault and the events that the database has.")
    private boolean replace;

    @Override
    void run(Path directory, ServerSettings server, PrintWriter out) throws IOException, SQLException {
        BackupReader backup = BackupReader.open(directory);
        Manifest manifest = backup.manifest();
        KnownMigrations.require(manifest.migrations(), "The backup");
        OpenedVault.require(server.keyFile());
        backup.verify(progress());
        try (ServerDatabase database = ServerDatabase.toReplace(server);
                Connection connection = database.connect()) {
            Restoration restoration = Restoration.on(connection, manifest, server.keyFile());
            restoration.require(replace);
            restoration.restore(backup, progress());
        }
        out.println("Restored " + (manifest.head() + 1) + " events and the vault as of " + manifest.at());
        if (manifest.log() != null) {
            out.println(
                    "Start the node that keeps the transparency log once with --parley.transparency.predecessor=NAME,"
                            + " where NAME is the first line of transparency/checkpoint; in the backup it is "
                            + manifest.log());
        }
    }
}
