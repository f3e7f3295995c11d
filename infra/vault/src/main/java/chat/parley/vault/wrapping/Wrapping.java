package chat.parley.vault.wrapping;

import chat.parley.api.RandomValues;
import chat.parley.api.process.StartupFailure;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the vault with its key file, and encrypts rows under the current key encryption key. */
public final class Wrapping {
    private static final Logger log = LoggerFactory.getLogger(Wrapping.class);

    /** Rows in one transaction, which holds up the destruction of keys for some tens of milliseconds. */
    private static final int BATCH = 500;

    /** A secret that every vault has, so that a vault that was ever opened has an encrypted row. */
    private static final String FIRST_SECRET = "vault";

    private static final int SECRET_BYTES = 32;

    private final VaultTransaction vault;
    private final KeyEncryptionKeys keys;

    Wrapping(VaultTransaction vault, KeyEncryptionKeys keys) {
        this.vault = vault;
        this.keys = keys;
    }

    /**
     * Reads the key file, which is created if no row of the vault is encrypted yet, compares it with the vault, and
     * encrypts the rows that are not.
     *
     * @throws StartupFailure if the file is missing, empty, malformed or of another vault
     */
    public static Wrapping open(VaultTransaction vault, Path keyFile) {
        KeyFile file = new KeyFile(keyFile);
        KeyEncryptionKeys keys = vault.whileWrapping(() -> readOrCreate(vault.jdbc(), file));
        Wrapping wrapping = new Wrapping(vault, keys);
        wrapping.wrapUnwrapped();
        return wrapping;
    }

    private static KeyEncryptionKeys readOrCreate(JdbcClient jdbc, KeyFile file) {
        Map<String, Set<WrappedTable>> used = namesInUse(jdbc);
        if (!file.exists()) {
            if (!used.isEmpty()) {
                throw new StartupFailure(
                        "The vault has rows that are encrypted with " + quoted(used.keySet()) + ", but " + file
                                + " is missing",
                        "Bring the file back from its backup, or copy it from another node;"
                                + " parley.vault.key-file names its place");
            }
            file.create();
            log.info("Created {}. Back it up, apart from the vault: without it, no text can be read any more", file);
        }
        KeyEncryptionKeys keys = file.read();
        used.forEach((name, tables) -> tables.forEach(table -> requireOpens(jdbc, keys, name, table)));
        storeFirstSecret(jdbc, keys);
        return keys;
    }

    private static String quoted(Set<String> names) {
        return (names.size() == 1 ? "the key \"" : "the keys \"") + String.join("\", \"", names) + "\"";
    }

    private static Map<String, Set<WrappedTable>> namesInUse(JdbcClient jdbc) {
        Map<String, Set<WrappedTable>> used = new TreeMap<>();
        for (WrappedTable table : WrappedTable.values()) {
            jdbc.sql("SELECT DISTINCT wrapped_by FROM " + table.table() + " WHERE wrapped_by IS NOT NULL")
                    .query(String.class)
                    .list()
                    .forEach(name -> used.computeIfAbsent(name, _ -> new LinkedHashSet<>())
                            .add(table));
        }
        return used;
    }

    private static void requireOpens(JdbcClient jdbc, KeyEncryptionKeys keys, String name, WrappedTable table) {
        rows(jdbc, table, "wrapped_by = :name", name, 1)
                .forEach(row -> keys.unwrap(table.place(row.id()), new WrappedKey(name, row.key())));
    }

    private static void storeFirstSecret(JdbcClient jdbc, KeyEncryptionKeys keys) {
        WrappedKey first = keys.wrap(WrappedTable.SECRETS.place(FIRST_SECRET), RandomValues.bytes(SECRET_BYTES));
        jdbc.sql("INSERT INTO vault.secrets (name, value, wrapped_by) VALUES (:name, :value, :by)"
                        + " ON CONFLICT (name) DO NOTHING")
                .param("name", FIRST_SECRET)
                .param("value", first.bytes())
                .param("by", first.by())
                .update();
    }

    public KeyEncryptionKeys keys() {
        return keys;
    }

    private void wrapUnwrapped() {
        long wrapped = 0;
        int batch;
        do {
            batch = wrapBatch("wrapped_by IS NULL");
            wrapped += batch;
        } while (batch > 0);
        if (wrapped > 0) {
            log.info("Encrypted {} keys and secrets of the vault, which were stored without encryption", wrapped);
        }
    }

    /** Number of rows that a former key encryption key encrypts. */
    long outdated() {
        long rows = 0;
        for (WrappedTable table : WrappedTable.values()) {
            rows += vault.jdbc()
                    .sql("SELECT count(*) FROM " + table.table() + " WHERE wrapped_by < :name OR wrapped_by > :name")
                    .param("name", keys.current())
                    .query(Long.class)
                    .single();
        }
        return rows;
    }

    /** Encrypts some rows under the current key that a former one encrypts; returns 0 when there are none. */
    int renewBatch() {
        return wrapBatch("wrapped_by < :name OR wrapped_by > :name");
    }

    private int wrapBatch(String which) {
        return vault.whileWrapping(() -> {
            int wrapped = 0;
            for (WrappedTable table : WrappedTable.values()) {
                List<Row> rows = rows(vault.jdbc(), table, which, keys.current(), BATCH - wrapped);
                rows.forEach(row -> store(table, row));
                wrapped += rows.size();
            }
            return wrapped;
        });
    }

    private void store(WrappedTable table, Row row) {
        String place = table.place(row.id());
        byte[] key = row.by() == null ? row.key() : keys.unwrap(place, new WrappedKey(row.by(), row.key()));
        WrappedKey renewed = keys.wrap(place, key);
        vault.jdbc()
                .sql("UPDATE " + table.table() + " SET " + table.key() + " = :key, wrapped_by = :by WHERE " + table.id()
                        + " = :id")
                .param("key", renewed.bytes())
                .param("by", renewed.by())
                .param("id", row.id())
                .update();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String id, byte[] key, @Nullable String by) {}

    private static List<Row> rows(JdbcClient jdbc, WrappedTable table, String which, String name, int most) {
        return jdbc.sql("SELECT " + table.id() + ", " + table.key() + ", wrapped_by FROM " + table.table() + " WHERE "
                        + which + " LIMIT :most FOR UPDATE")
                .param("name", name)
                .param("most", most)
                .query((row, _) -> new Row(row.getString(1), row.getBytes(2), row.getString(3)))
                .list();
    }
}
