package chat.parley.backup;

import chat.parley.vault.OpenedVault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;

/** Backs up vault and events. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes vault and events, as they are at one moment, into a new directory. Parley may run meanwhile. The key"
                    + " file is not part of the backup.",
            DatabaseCommand.SETTINGS
        })
final class BackupCommand extends DatabaseCommand {
    @Override
    void run(Path directory, ServerSettings server, PrintWriter out) throws IOException, SQLException {
        BackupWriter backup = BackupWriter.into(directory);
        try (ServerDatabase database = ServerDatabase.toRead(server);
                Connection connection = database.connect()) {
            Snapshot snapshot = Snapshot.of(connection);
            Manifest written = snapshot.writeTo(backup, installation(database, server.keyFile()), progress());
            backup.finish(written);
            out.println("Backed up " + (written.head() + 1) + " events and the vault into " + directory);
            out.println(
                    "The backup lacks the key file " + server.keyFile() + ": keep a copy of it elsewhere. Without it"
                            + " no text of the backup can be read, and whoever has both reads every text.");
        }
    }

    private static String installation(ServerDatabase database, Path keyFile) throws SQLException {
        try (Connection connection = database.connect()) {
            return OpenedVault.open(new SingleConnectionDataSource(connection, true), keyFile)
                    .installation()
                    .value();
        }
    }
}
