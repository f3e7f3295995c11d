package chat.parley.vault.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.api.process.StartupFailure;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.text.TestVault.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The vault is restored from a backup that was made before keys were destroyed. */
class RestoringABackupTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final ConversationId TALK = new ConversationId("talk");
    private static final List<String> TABLES =
            List.of("text_keys", "conversation_keys", "erased_authors", "key_destructions", "secrets");

    private final Database database = TestPostgres.database();
    private final JdbcClient rows = JdbcClient.create(database.dataSource());
    private final TestVault vault = new TestVault(database);
    private final Path file = TestVault.newFile();

    private SealedText ofAnn;
    private SealedText ofBob;

    @BeforeEach
    void sealAndBackUp() {
        Node node = vault.node(file);
        ofAnn = node.protection().seal(ANN, "text of ann", message(ANN));
        ofBob = node.protection().seal(BOB, "text of bob", message(BOB));
        rows.sql("DROP SCHEMA IF EXISTS backup CASCADE").update();
        rows.sql("CREATE SCHEMA backup").update();
        TABLES.forEach(table -> rows.sql("CREATE TABLE backup." + table + " AS TABLE vault." + table)
                .update());
    }

    @AfterEach
    void close() {
        rows.sql("DROP SCHEMA backup CASCADE").update();
        vault.close();
        database.close();
    }

    private void restore() {
        for (String table : TABLES) {
            rows.sql("TRUNCATE vault." + table).update();
            String columns = rows.sql("SELECT string_agg(column_name, ', ') FROM information_schema.columns"
                            + " WHERE table_schema = 'backup' AND table_name = :table")
                    .param("table", table)
                    .query(String.class)
                    .single();
            rows.sql("INSERT INTO vault." + table + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns
                            + " FROM backup." + table)
                    .update();
        }
    }

    private static TextContext message(UserId author) {
        return TextProtection.messageContext(TALK, author, new ClientMessageId("1"));
    }

    private LocalDate tomorrow() {
        return LocalDate.ofInstant(vault.clock.instant(), ZoneOffset.UTC).plusDays(1);
    }

    private static void isErased(Node node, SealedText ofAnn) {
        assertThat(node.protection().reveal(ofAnn, message(ANN))).isEmpty();
        assertThatThrownBy(() -> node.protection().seal(ANN, "again", message(ANN)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.USER_UNAVAILABLE));
    }

    @Test
    void anErasedAuthorStaysErased() {
        vault.node(file).keys().destroy(ANN);
        restore();
        // The backup does have the key.
        assertThat(vault.node().protection().reveal(ofAnn, message(ANN))).contains("text of ann");

        Node restarted = vault.node(file);
        isErased(restarted, ofAnn);
        assertThat(restarted.protection().reveal(ofBob, message(BOB))).contains("text of bob");
        // And the vault itself has no key any more.
        isErased(vault.node(), ofAnn);
    }

    @Test
    void expiredDaysStayExpired() {
        vault.node(file).keys().destroyBefore(TALK, tomorrow());
        restore();
        assertThat(vault.node().protection().reveal(ofBob, message(BOB))).contains("text of bob");
        assertThat(vault.node(file).protection().reveal(ofBob, message(BOB))).isEmpty();
        assertThat(vault.node().protection().reveal(ofBob, message(BOB))).isEmpty();
    }

    @Test
    void everyNodesFileIsEnough() {
        Path other = TestVault.newFile();
        Node following = vault.node(other);
        vault.node(file).keys().destroy(ANN);
        // Asks for destructions, as it does at every interval.
        following.keys().destroyBefore(new ConversationId("unknown"), tomorrow());
        restore();
        isErased(vault.node(other), ofAnn);
    }

    @Test
    void aLostFileIsMadeAgainFromTheVault() throws IOException {
        vault.node(file).keys().destroy(ANN);
        vault.node(file).keys().destroyBefore(TALK, tomorrow());
        Files.delete(file);
        vault.node(file);
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrder("author ann", "conversation talk " + tomorrow());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineCutOffByACrashIsDropped() throws IOException {
        vault.node(file).keys().destroy(BOB);
        Files.writeString(file, "author an", StandardOpenOption.APPEND);
        restore();
        vault.node(file);
        assertThat(Files.readAllLines(file)).containsExactly("author bob");
    }

    @Test
    void repeatedLinesAreDropped() throws IOException {
        Files.writeString(file, """
                conversation talk 2026-01-01
                author bob
                conversation talk 2026-03-01
                author bob
                conversation talk 2026-02-01
                """);
        vault.node(file);
        assertThat(Files.readAllLines(file)).containsExactly("conversation talk 2026-03-01", "author bob");
    }

    @Test
    void aLineThatNamesNothingKeepsTheVaultClosed() throws IOException {
        for (String line : List.of("author", "author a b", "conversation talk", "conversation talk never", "", "a/b")) {
            Files.writeString(file, "author bob\n" + line + "\nauthor ann\n");
            assertThatThrownBy(() -> vault.node(file))
                    .as(line)
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("Line 2")
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aFileThatCannotBeWrittenKeepsTheVaultClosed() throws IOException {
        Path directory = Files.createDirectory(file.resolveSibling("directory"));
        assertThatThrownBy(() -> vault.node(directory)).isInstanceOf(StartupFailure.class);
    }

    /** The caller learns that the destruction is not written down, and repeats it. */
    @Test
    void aDestructionThatCannotBeWrittenDownIsReportedAndTakesEffect() throws IOException {
        Node node = vault.node(file);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> node.keys().destroy(ANN)).isInstanceOf(RuntimeException.class);
        isErased(node, ofAnn);
        Files.delete(file);
        Files.createFile(file);
        node.keys().destroy(ANN);
        assertThat(Files.readAllLines(file)).containsExactly("author ann");
    }
}
