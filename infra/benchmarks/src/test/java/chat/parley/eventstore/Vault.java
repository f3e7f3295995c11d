package chat.parley.eventstore;

import chat.parley.api.RandomValues;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.vault.HmacKeyedHash;
import chat.parley.vault.VaultTables;
import chat.parley.vault.VaultTextProtection;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Text protection and hashes as in production, with their keys in memory before a measurement. */
public final class Vault {
    private static final int CACHED_KEYS = 100_000;

    private final VaultTextProtection protection;
    private final HmacKeyedHash hashes;

    private Vault(VaultTextProtection protection, HmacKeyedHash hashes) {
        this.protection = protection;
        this.hashes = hashes;
    }

    /** @param authors the authors of the texts */
    public static Vault of(List<UserId> authors) {
        // Both names are SQL keywords in this database and column names in PostgreSQL.
        DataSource database = new SingleConnectionDataSource("jdbc:h2:mem:;NON_KEYWORDS=KEY,CURRENT", true);
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("CREATE SCHEMA vault").update();
        jdbc.sql("CREATE TABLE vault.text_keys (key_id text, author text, key bytea, current boolean)")
                .update();
        VaultTextProtection protection =
                new VaultTextProtection(new VaultTables(database), CACHED_KEYS, Duration.ofDays(1));
        for (UserId author : authors) {
            jdbc.sql("INSERT INTO vault.text_keys VALUES (:id, :author, :key, true)")
                    .param("id", RandomValues.text(12))
                    .param("author", author.value())
                    .param("key", RandomValues.bytes(32))
                    .update();
            var _ = protection.seal(author, "", TextProtection.usernameContext(author));
        }
        return new Vault(protection, new HmacKeyedHash(_ -> RandomValues.bytes(32)));
    }

    public TextProtection protection() {
        return protection;
    }

    public KeyedHash hashes() {
        return hashes;
    }
}
