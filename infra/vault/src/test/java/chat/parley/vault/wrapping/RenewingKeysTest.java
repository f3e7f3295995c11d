package chat.parley.vault.wrapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.api.RandomValues;
import chat.parley.api.process.StartupFailure;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class RenewingKeysTest {
    private static final int ROWS = 2_345;

    private final Database database = TestPostgres.database();
    private final JdbcClient rows = JdbcClient.create(database.dataSource());
    private final String old = line("old");
    private final String renewed = line("new");

    @TempDir
    Path directory;

    @BeforeEach
    void fillTheVault() throws IOException {
        for (int i = 0; i < ROWS; i++) {
            rows.sql("INSERT INTO vault.text_keys (key_id, author, key) VALUES (:id, :author, :key)")
                    .param("id", "key-" + i)
                    .param("author", "author-" + i)
                    .param("key", key(i))
                    .update();
        }
        open(old);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String line(String name) {
        return name + " " + Base64.getEncoder().encodeToString(RandomValues.bytes(32)) + "\n";
    }

    private static byte[] key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        key[1] = (byte) (number >> 8);
        return key;
    }

    private Wrapping open(String lines) throws IOException {
        Path file = directory.resolve("vault.keys");
        Files.writeString(file, lines);
        return Wrapping.open(new VaultTransaction(database.dataSource()), file);
    }

    private long rowsUnder(String name) {
        return rows.sql("SELECT count(*) FROM vault.text_keys WHERE wrapped_by = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    private void allKeysAreAsBefore(Wrapping wrapping) {
        for (int i = 0; i < ROWS; i++) {
            String id = "key-" + i;
            WrappedKey stored = rows.sql("SELECT key, wrapped_by FROM vault.text_keys WHERE key_id = :id")
                    .param("id", id)
                    .query((row, _) -> new WrappedKey(row.getString(2), row.getBytes(1)))
                    .single();
            assertThat(wrapping.keys().unwrap(WrappedTable.TEXT_KEYS.place(id), stored))
                    .isEqualTo(key(i));
        }
    }

    @Test
    void allRowsComeUnderTheNewKeyAndTheOldLineMayGo() throws IOException {
        Wrapping wrapping = open(renewed + old);
        KeyRenewal renewal = new KeyRenewal(wrapping);
        // With the secret that each vault has.
        assertThat(renewal.outdated()).isEqualTo(ROWS + 1);
        renewal.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> renewal.outdated() == 0);
        renewal.stop();
        assertThat(rowsUnder("new")).isEqualTo(ROWS);
        allKeysAreAsBefore(open(renewed));
    }

    @Test
    void withoutTheOldLineTheVaultStaysClosed() {
        assertThatThrownBy(() -> open(renewed))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("\"old\"");
    }

    @Test
    void aNewLineBelowChangesNothingYet() throws IOException {
        Wrapping wrapping = open(old + renewed);
        assertThat(wrapping.keys().current()).isEqualTo("old");
        assertThat(wrapping.outdated()).isZero();
    }

    @Test
    void aRenewalKilledHalfwayIsContinued() throws IOException {
        Wrapping killed = open(renewed + old);
        killed.renewBatch();
        killed.renewBatch();
        assertThat(rowsUnder("new")).isPositive().isLessThan(ROWS);
        assertThat(rowsUnder("old")).isPositive();
        allKeysAreAsBefore(killed);
        // A node that has both keys in the other order reads the rows of both.
        allKeysAreAsBefore(open(old + renewed));

        Wrapping restarted = open(renewed + old);
        new KeyRenewal(restarted).renewAll();
        assertThat(rowsUnder("new")).isEqualTo(ROWS);
        allKeysAreAsBefore(restarted);
    }

    @Test
    void aBatchThatFailsLeavesItsRowsAsTheyWere() throws IOException {
        rows.sql("UPDATE vault.text_keys SET key = 'damaged'::bytea WHERE key_id = 'key-700'")
                .update();
        Wrapping wrapping = open(renewed + old);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < ROWS; i++) {
                        wrapping.renewBatch();
                    }
                })
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("text_keys/key-700");
        assertThat(rowsUnder("new") + rowsUnder("old")).isEqualTo(ROWS);
    }

    @Test
    void severalNodesRenewTogether() throws Exception {
        open(renewed + old);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Wrapping one = open(renewed + old);
            Wrapping other = open(renewed + old);
            Future<?> first = threads.submit(() -> new KeyRenewal(one).renewAll());
            Future<?> second = threads.submit(() -> new KeyRenewal(other).renewAll());
            first.get();
            second.get();
            assertThat(rowsUnder("new")).isEqualTo(ROWS);
            allKeysAreAsBefore(one);
        }
    }
}
