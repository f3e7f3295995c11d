package chat.parley.vault.wrapping;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.RandomValues;
import chat.parley.api.process.StartupFailure;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class OpeningTheVaultTest {
    @TempDir
    Path directory;

    private final Database database = TestPostgres.database();
    private final JdbcClient rows = JdbcClient.create(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    private Path file() {
        return directory.resolve("private/vault.keys");
    }

    private Wrapping open() {
        return open(file());
    }

    private Wrapping open(Path file) {
        return Wrapping.open(new VaultTransaction(database.dataSource()), file);
    }

    private static String line(String name) {
        return name + " " + Base64.getEncoder().encodeToString(RandomValues.bytes(32));
    }

    private void failsWith(String... words) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(file().toString());
    }

    private void insertSecret(String name, byte[] value) {
        rows.sql("INSERT INTO vault.secrets (name, value) VALUES (:name, :value)")
                .param("name", name)
                .param("value", value)
                .update();
    }

    private List<String> names() {
        return rows.sql("SELECT DISTINCT wrapped_by FROM vault.secrets")
                .query(String.class)
                .list();
    }

    @Test
    void aNewVaultGetsAKeyFileThatOnlyItsOwnerReads() throws IOException {
        Wrapping wrapping = open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.readAllLines(file()))
                .singleElement()
                .asString()
                .startsWith(wrapping.keys().current() + " ");
        assertThat(open().keys().current()).isEqualTo(wrapping.keys().current());
    }

    @Test
    void aMissingFileIsNotReplaced() throws IOException {
        String name = open().keys().current();
        Files.delete(file());
        failsWith("\"" + name + "\"", "missing", "backup", "parley.vault.key-file");
        assertThat(file()).doesNotExist();
    }

    @Test
    void anEmptyFileIsNotReplaced() throws IOException {
        open();
        Files.writeString(file(), "\n# no key\n");
        failsWith("has no key");
        assertThat(file()).hasContent("\n# no key\n");
    }

    @Test
    void anEmptyFileOfANewVaultIsAMistakeToo() throws IOException {
        Files.createDirectories(file().getParent());
        Files.createFile(file());
        failsWith("has no key");
    }

    @ParameterizedTest
    @CsvSource({
        "only-a-name, is not a name and a key",
        "a b c, is not a name and a key",
        "na/me AAAA, is not a name and a key",
        "name AAAA, 32 bytes",
        "name ?, not Base64"
    })
    void aMalformedLineIsNamedWithoutShowingIt(String line, String problem) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), line("good") + "\n" + line + "\n");
        failsWith("Line 2", problem);
        assertThatThrownBy(this::open).hasMessageNotContaining("AAAA").hasNoCause();
    }

    @Test
    void aNameTwiceIsRefused() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), line("same") + "\n" + line("same") + "\n");
        failsWith("Line 2", "earlier line");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Files.createDirectories(file());
        failsWith("cannot be read");
    }

    @Test
    void anotherKeyUnderTheSameNameIsNamed() throws IOException {
        String name = open().keys().current();
        Files.writeString(file(), line(name) + "\n");
        failsWith("\"" + name + "\"", "does not decrypt", "Bring back");
    }

    @Test
    void aKeyThatTheFileLacksIsNamed() throws IOException {
        String name = open().keys().current();
        Files.writeString(file(), line("new") + "\n");
        failsWith("\"" + name + "\"", "lacks", "Add the line");
    }

    @Test
    void rowsOfBeforeAreEncrypted() {
        for (int i = 0; i < 1_203; i++) {
            insertSecret("secret-" + i, ("value " + i).getBytes(US_ASCII));
        }
        rows.sql("INSERT INTO vault.text_keys (key_id, author, key) VALUES ('k', 'ann', 'text key'::bytea)")
                .update();
        Wrapping wrapping = open();
        assertThat(names()).containsExactly(wrapping.keys().current());
        assertThat(secret(wrapping, "secret-1200")).isEqualTo("value 1200");
        assertThat(rows.sql("SELECT count(*) FROM vault.secrets WHERE encode(value, 'escape') LIKE 'value%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(rows.sql("SELECT wrapped_by FROM vault.text_keys")
                        .query(String.class)
                        .single())
                .isEqualTo(wrapping.keys().current());
    }

    private String secret(Wrapping wrapping, String name) {
        WrappedKey stored = rows.sql("SELECT value, wrapped_by FROM vault.secrets WHERE name = :name")
                .param("name", name)
                .query((row, _) -> new WrappedKey(row.getString(2), row.getBytes(1)))
                .single();
        return new String(wrapping.keys().unwrap(WrappedTable.SECRETS.place(name), stored), US_ASCII);
    }

    @Test
    void aRowMovedToAnotherNameIsFound() {
        insertSecret("one", new byte[32]);
        Wrapping wrapping = open();
        rows.sql("UPDATE vault.secrets SET name = 'two' WHERE name = 'one'").update();
        assertThatThrownBy(() -> secret(wrapping, "two"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("secrets/two");
    }

    /** Each node would make its own key file; only one may. */
    @Test
    void nodesThatStartTogetherDoNotMakeTwoKeys() throws Exception {
        int opened = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Wrapping>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path file = directory.resolve("node-" + i).resolve("vault.keys");
                nodes.add(threads.submit(() -> open(file)));
            }
            for (Future<Wrapping> node : nodes) {
                try {
                    node.get();
                    opened++;
                } catch (ExecutionException e) {
                    assertThat(e).cause().isInstanceOf(StartupFailure.class).hasMessageContaining("another node");
                }
            }
        }
        assertThat(opened).isOne();
        assertThat(names()).hasSize(1);
    }
}
