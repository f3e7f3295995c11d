package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The command {@code backup} beside a node that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackingUpTest {
    private final SharedEngines engines = SharedEngines.start();
    private ParleyServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        server = engines.startNode();
        TestUser alice = server.newPerson();
        DirectConversationScenario.send(alice, alice.startGroup(server.newPerson()), "kept");
    }

    @AfterAll
    void stop() {
        server.close();
        engines.close();
    }

    private OperatorCommand backup(Path target, String... more) {
        return OperatorCommand.run(engines.settings(more), "backup", target.toString());
    }

    @Test
    void itNamesWhatItHasAndWhatItLacks() throws Exception {
        Path target = directory.resolve("new").resolve("backup");
        OperatorCommand done = backup(target).expectDone();
        assertThat(done.out()).contains("lacks the key file " + engines.keyFile());
        assertThat(done.err()).contains("100.0 %");
        String key = Files.readString(engines.keyFile()).strip().replaceFirst(".* ", "");
        try (var files = Files.list(target)) {
            assertThat(files).allSatisfy(file -> {
                assertThat(Files.readAllBytes(file)).asString().doesNotContain(key);
                assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            });
        }
        Process sums = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
                .directory(target.toFile())
                .inheritIO()
                .start();
        assertThat(sums.waitFor()).isZero();
        JsonNode manifest = ApiClient.JSON.readTree(Files.readAllBytes(target.resolve("manifest.json")));
        assertThat(manifest.path("format").asInt()).isEqualTo(1);
        assertThat(manifest.path("installation").asString()).isNotEmpty();
        long events = JdbcClient.create(engines.postgres().dataSource())
                .sql("SELECT count(*) FROM events.domain_events")
                .query(Long.class)
                .single();
        assertThat(manifest.path("head").asLong()).isEqualTo(events - 1);
        assertThat(manifest.path("tables").valueStream())
                .anySatisfy(table -> {
                    assertThat(table.path("name").asString()).isEqualTo("events.domain_events");
                    assertThat(table.path("rows").asLong()).isEqualTo(events);
                })
                .anySatisfy(table -> assertThat(table.path("name").asString()).isEqualTo("vault.text_keys"))
                .noneSatisfy(table -> assertThat(table.path("name").asString()).contains("flyway"));
    }

    @Test
    void aDirectoryWithFilesIsRefused() throws IOException {
        Path other = Files.writeString(directory.resolve("letter.txt"), "dear diary");
        backup(directory).expectRefusal(3, "is not empty");
        assertThat(directory).isDirectoryContaining(other::equals);
        assertThat(other).hasContent("dear diary");
    }

    @Test
    void withoutTheRightKeyFileNothingIsWritten() throws IOException {
        Path none = directory.resolve("none.keys");
        backup(directory.resolve("a"), "parley.vault.key-file=" + none)
                .expectRefusal(3, "The key file " + none + " is missing", "Bring the file back");
        Path other = Files.writeString(
                directory.resolve("other.keys"), "other AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        backup(directory.resolve("a"), "parley.vault.key-file=" + other).expectRefusal(3, "lacks");
        assertThat(directory.resolve("a")).isEmptyDirectory();
        assertThat(none).doesNotExist();
    }

    @Test
    void whatCannotBeBackedUpIsNamed() {
        try (var empty = TestPostgres.emptyDatabase()) {
            backup(directory.resolve("a"), "spring.datasource.url=" + empty.url())
                    .expectRefusal(3, "has no events of Parley");
        }
        backup(directory.resolve("a"), "parley.event-store.engine=axon-server").expectRefusal(3, "Axon Server");
        backup(directory.resolve("a"), "parley.engines=embedded", "parley.data-dir=" + directory.resolve("none"))
                .expectRefusal(3, "has no database");
        backup(directory.resolve("a"), "spring.datasource.url=jdbc:postgresql://localhost:1/parley")
                .expectRefusal(4, "spring.datasource.url");
        assertThat(OperatorCommand.run(new String[0], "backup", "a", "--replce").code())
                .isEqualTo(2);
        assertThat(directory.resolve("a")).isEmptyDirectory();
    }
}
