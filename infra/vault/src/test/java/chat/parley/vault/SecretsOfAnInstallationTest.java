package chat.parley.vault;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.port.VaultSecrets;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.wrapping.KeyEncryptionKeys;
import chat.parley.vault.wrapping.VaultTransaction;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsOfAnInstallationTest {
    private final Database database = TestPostgres.database();

    private final KeyEncryptionKeys keys = KeyEncryptionKeys.inMemory();

    private VaultTables tables() {
        return new VaultTables(new VaultTransaction(database.dataSource()), keys);
    }

    private VaultSecrets secrets() {
        return new CachedVaultSecrets(tables());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSecretIsCreatedOnceAndNeverChanges() {
        byte[] secret = secrets().secret("tokens");
        assertThat(secret).hasSize(32);
        assertThat(secrets().secret("tokens")).isEqualTo(secret);
        assertThat(secrets().secret("others")).isNotEqualTo(secret);
    }

    @Test
    void aCallerCannotChangeASecret() {
        VaultSecrets secrets = secrets();
        byte[] before = secrets.secret("tokens");
        Arrays.fill(secrets.secret("tokens"), (byte) 0);
        assertThat(secrets.secret("tokens")).isEqualTo(before);
    }

    @Test
    void aHashIsTheSameOnEveryNodeAndDiffersByPurpose() {
        KeyedHash hash = new HmacKeyedHash(secrets());
        assertThat(hash.of(Purpose.USERNAME, "ann"))
                .isEqualTo(new HmacKeyedHash(secrets()).of(Purpose.USERNAME, "ann"))
                .matches("[A-Za-z0-9_-]{32}")
                .isNotEqualTo(hash.of(Purpose.USERNAME, "bob"));
        assertThat(Arrays.stream(Purpose.values()).map(purpose -> hash.of(purpose, "ann")))
                .doesNotHaveDuplicates();
    }

    @Test
    void twoPeopleHaveOneDirectConversation() {
        KeyedHash hash = new HmacKeyedHash(secrets());
        UserId ann = new UserId("ann");
        UserId bob = new UserId("bob");
        assertThat(hash.directConversation(ann, bob)).isEqualTo(hash.directConversation(bob, ann));
    }

    @Test
    void theEpochChangesOnlyWithANewNameOfARestore() {
        String epoch = tables().epoch(() -> "first");
        assertThat(tables().epoch(() -> "second")).isEqualTo(epoch).isEqualTo("first");
        for (int node = 0; node < 2; node++) {
            String offered = "third, of node " + node;
            assertThat(tables().epochAfter("restore of May", () -> offered)).isEqualTo("third, of node 0");
        }
        assertThat(tables().epoch(() -> "fourth")).isEqualTo("third, of node 0");
        assertThat(tables().epochAfter("restore of June", () -> "fifth")).isEqualTo("fifth");
    }

    @Test
    void anEpochMayBeginWithARestoredEventStore() {
        assertThat(tables().epochAfter("restore", () -> "first")).isEqualTo("first");
        assertThat(tables().epochAfter("restore", () -> "second")).isEqualTo("first");
    }
}
