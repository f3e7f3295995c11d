package chat.parley.vault;

import chat.parley.vault.wrapping.KeyEncryptionKeys;
import chat.parley.vault.wrapping.VaultTransaction;
import chat.parley.vault.wrapping.WrappedKey;
import chat.parley.vault.wrapping.WrappedTable;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The vault's secrets, epoch and first event. Each is made once, by the first node that needs it, and is durable before it
 * is used.
 */
public final class VaultTables {
    private final JdbcClient jdbc;
    private final KeyEncryptionKeys keys;

    public VaultTables(VaultTransaction vault, KeyEncryptionKeys keys) {
        this.jdbc = vault.jdbc();
        this.keys = keys;
    }

    byte[] secret(String name, Supplier<byte[]> offered) {
        return findSecret(name).orElseGet(() -> {
            WrappedKey wrapped = keys.wrap(WrappedTable.SECRETS.place(name), offered.get());
            jdbc.sql("INSERT INTO vault.secrets (name, value, wrapped_by) VALUES (:name, :value, :by)"
                            + " ON CONFLICT (name) DO NOTHING")
                    .param("name", name)
                    .param("value", wrapped.bytes())
                    .param("by", wrapped.by())
                    .update();
            return findSecret(name).orElseThrow();
        });
    }

    private Optional<byte[]> findSecret(String name) {
        return jdbc.sql("SELECT value, wrapped_by FROM vault.secrets WHERE name = :name")
                .param("name", name)
                .query((row, _) -> new WrappedKey(row.getString("wrapped_by"), row.getBytes("value")))
                .optional()
                .map(wrapped -> keys.unwrap(WrappedTable.SECRETS.place(name), wrapped));
    }

    public String epoch(Supplier<String> offered) {
        return findEpoch().orElseGet(() -> {
            jdbc.sql("INSERT INTO vault.epoch (value) VALUES (:value) ON CONFLICT (only_row) DO NOTHING")
                    .param("value", offered.get())
                    .update();
            return findEpoch().orElseThrow();
        });
    }

    /**
     * The epoch that begins with a restore of the event store. The first node that is told of the restore begins it.
     *
     * @param restore a name that no restore of this vault had before
     */
    public String epochAfter(String restore, Supplier<String> offered) {
        jdbc.sql("""
                        INSERT INTO vault.epoch AS known (value, restore) VALUES (:value, :restore)
                        ON CONFLICT (only_row) DO UPDATE SET value = excluded.value, restore = excluded.restore
                        WHERE known.restore IS DISTINCT FROM excluded.restore""").param("value", offered.get()).param("restore", restore).update();
        return findEpoch().orElseThrow();
    }

    private Optional<String> findEpoch() {
        return jdbc.sql("SELECT value FROM vault.epoch").query(String.class).optional();
    }

    /** The identifier of the first event of the event store that the vault belongs to; empty while it has no event. */
    public Optional<String> firstEvent() {
        return jdbc.sql("SELECT id FROM vault.first_event").query(String.class).optional();
    }

    /** The same, which is the offered one if there was none. */
    public String firstEvent(String offered) {
        return firstEvent().orElseGet(() -> {
            jdbc.sql("INSERT INTO vault.first_event (id) VALUES (:id) ON CONFLICT (only_row) DO NOTHING")
                    .param("id", offered)
                    .update();
            return firstEvent().orElseThrow();
        });
    }
}
