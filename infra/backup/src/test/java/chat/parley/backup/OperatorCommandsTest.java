package chat.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Migration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands refuse before they reach a database. */
class OperatorCommandsTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        return OperatorCommands.run(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), arguments);
    }

    @Test
    void settingsNameNoCommand() {
        assertThat(OperatorCommands.isNamedIn(new String[] {"backup", "--parley.data-dir=x"}))
                .isTrue();
        assertThat(OperatorCommands.isNamedIn(new String[] {"--server.port=18080", "backup"}))
                .isFalse();
        assertThat(OperatorCommands.isNamedIn(new String[0])).isFalse();
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("backup", directory.toString(), "--replce")).isEqualTo(2);
        assertThat(err.toString()).contains("--replce");
        assertThat(run("backup")).isEqualTo(2);
    }

    @Test
    void aServerWithoutADatabaseIsNamed() {
        Path none = directory.resolve("none");
        assertThat(run("backup", directory.resolve("new").toString(), "--parley.data-dir=" + none))
                .isEqualTo(3);
        assertThat(err.toString()).contains(none + " has no database").doesNotContain("Exception", "\tat ");
    }

    @Test
    void aMissingBackupIsNamed() {
        Path none = directory.resolve("none");
        assertThat(run("restore", none.toString(), "--parley.data-dir=" + directory))
                .isEqualTo(2);
        assertThat(err.toString()).contains(none + " does not exist").doesNotContain("Exception", "\tat ");
    }

    @Test
    void settingsAreThoseOfAServer() {
        ServerSettings embedded = ServerSettings.of(List.of("--parley.data-dir=" + directory));
        assertThat(embedded.embedded()).isTrue();
        assertThat(embedded.keyFile()).isEqualTo(directory.resolve("vault.keys"));
        ServerSettings shared = ServerSettings.of(List.of(
                "--parley.engines=server",
                "--parley.event-store.engine=postgres",
                "--spring.datasource.url=jdbc:postgresql://db/parley",
                "--spring.datasource.username=parley",
                "--parley.vault.key-file=/keys/vault"));
        assertThat(shared.embedded()).isFalse();
        assertThat(shared.url()).isEqualTo("jdbc:postgresql://db/parley");
        assertThat(shared.username()).isEqualTo("parley");
        assertThat(shared.password()).isEmpty();
        assertThat(shared.keyFile()).isEqualTo(Path.of("/keys/vault"));
    }

    @Test
    void eventsInAxonServerAndAMissingUrlAreRefused() {
        ServerSettings server = ServerSettings.of(List.of("--parley.engines=server"));
        assertThatThrownBy(server::embedded).isInstanceOf(StartupFailure.class).hasMessageContaining("Axon Server");
        assertThatThrownBy(server::url)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("spring.datasource.url");
    }

    @Test
    void aMigrationOfALaterVersionIsNamed() {
        assertThatThrownBy(
                        () -> KnownMigrations.require(List.of(new Migration("V99__of_tomorrow.sql", 1)), "The backup"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("lacks the migration V99__of_tomorrow.sql");
    }
}
