package chat.parley.vault;

import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The vault's keys, secrets and epoch. Each is made once, by the first node that needs it, and is durable before it is
 * used.
 */
public final class VaultTables {
    private final JdbcClient jdbc;

    public VaultTables(DataSource dataSource) {
        // A separate data source, so that the caller's transaction is not joined: a value written here is used at once
        // and must not disappear with a rollback of the caller.
        this.jdbc = JdbcClient.create(new DelegatingDataSource(dataSource));
    }

    /** A text key as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record TextKey(String keyId, byte[] key) {}

    Optional<byte[]> textKey(String keyId) {
        return jdbc.sql("SELECT key FROM vault.text_keys WHERE key_id = :id")
                .param("id", keyId)
                .query((row, number) -> row.getBytes("key"))
                .optional();
    }

    /** Returns the author's current key. If there is none, stores the offered key, unless another node is first. */
    TextKey currentTextKey(String author, Supplier<TextKey> offered) {
        return findCurrent(author).orElseGet(() -> {
            TextKey made = offered.get();
            jdbc.sql("INSERT INTO vault.text_keys (key_id, author, key) VALUES (:id, :author, :key)"
                            + " ON CONFLICT (author) WHERE current DO NOTHING")
                    .param("id", made.keyId())
                    .param("author", author)
                    .param("key", made.key())
                    .update();
            return findCurrent(author)
                    .orElseThrow(() -> new IllegalStateException("The text key was destroyed while it was created"));
        });
    }

    private Optional<TextKey> findCurrent(String author) {
        return jdbc.sql("SELECT key_id, key FROM vault.text_keys WHERE author = :author AND current")
                .param("author", author)
                .query((row, number) -> new TextKey(row.getString("key_id"), row.getBytes("key")))
                .optional();
    }

    byte[] secret(String name, Supplier<byte[]> offered) {
        return findSecret(name).orElseGet(() -> {
            jdbc.sql("INSERT INTO vault.secrets (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
                    .param("name", name)
                    .param("value", offered.get())
                    .update();
            return findSecret(name).orElseThrow();
        });
    }

    private Optional<byte[]> findSecret(String name) {
        return jdbc.sql("SELECT value FROM vault.secrets WHERE name = :name")
                .param("name", name)
                .query((row, number) -> row.getBytes("value"))
                .optional();
    }

    public String epoch(Supplier<String> offered) {
        return findEpoch().orElseGet(() -> {
            jdbc.sql("INSERT INTO vault.epoch (value) VALUES (:value) ON CONFLICT (only_row) DO NOTHING")
                    .param("value", offered.get())
                    .update();
            return findEpoch().orElseThrow();
        });
    }

    private Optional<String> findEpoch() {
        return jdbc.sql("SELECT value FROM vault.epoch").query(String.class).optional();
    }
}
