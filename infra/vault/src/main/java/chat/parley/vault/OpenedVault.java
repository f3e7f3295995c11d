package chat.parley.vault;

import chat.parley.api.port.Installation;
import chat.parley.api.process.StartupFailure;
import chat.parley.vault.wrapping.VaultTransaction;
import chat.parley.vault.wrapping.Wrapping;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A vault that its key file opens, for whoever backs it up or restores it. */
public final class OpenedVault {
    private final VaultTables tables;

    private OpenedVault(VaultTables tables) {
        this.tables = tables;
    }

    /** @throws StartupFailure if the key file is missing, malformed or of another vault */
    public static OpenedVault open(DataSource vault, Path keyFile) {
        require(keyFile);
        VaultTransaction transaction = new VaultTransaction(vault);
        return new OpenedVault(
                new VaultTables(transaction, Wrapping.open(transaction, keyFile).keys()));
    }

    /** @throws StartupFailure if there is no such file */
    public static void require(Path keyFile) {
        if (!Files.exists(keyFile)) {
            throw new StartupFailure(
                    "The key file " + keyFile.toAbsolutePath().normalize() + " is missing",
                    "Bring the file back from its backup, or copy it from another node; parley.vault.key-file names its"
                            + " place");
        }
    }

    public Installation installation() {
        return VaultConfiguration.installation(new HmacKeyedHash(new CachedVaultSecrets(tables)));
    }

    /** Begins a new epoch of the event store. */
    public void beginEpoch(String restore) {
        tables.epochAfter(restore, VaultConfiguration::newEpoch);
    }
}
