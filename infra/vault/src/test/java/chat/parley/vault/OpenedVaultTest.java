package chat.parley.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.port.Installation;
import chat.parley.api.process.StartupFailure;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.wrapping.VaultTransaction;
import chat.parley.vault.wrapping.Wrapping;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedVaultTest {
    private final Database database = TestPostgres.database();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewEpochLeavesTheInstallation() {
        Path keyFile = directory.resolve("vault.keys");
        VaultTransaction vault = new VaultTransaction(database.dataSource());
        VaultTables tables =
                new VaultTables(vault, Wrapping.open(vault, keyFile).keys());
        assertThat(tables.epoch(() -> "first")).isEqualTo("first");
        Installation node = VaultConfiguration.installation(new HmacKeyedHash(new CachedVaultSecrets(tables)));

        OpenedVault opened = OpenedVault.open(database.dataSource(), keyFile);
        opened.beginEpoch("restore");

        assertThat(opened.installation()).isEqualTo(node);
        assertThat(tables.epoch(() -> "other")).isNotIn("first", "other");
    }

    @Test
    void aMissingKeyFileIsNotCreated() {
        Path missing = directory.resolve("vault.keys");
        assertThatExceptionOfType(StartupFailure.class)
                .isThrownBy(() -> OpenedVault.open(database.dataSource(), missing))
                .withMessageContaining(missing + " is missing");
        assertThat(missing).doesNotExist();
    }
}
