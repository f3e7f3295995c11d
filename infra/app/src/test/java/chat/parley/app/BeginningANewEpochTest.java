package chat.parley.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.SystemRole;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.verify.ExportVerifier;
import chat.parley.verify.ExportVerifier.Trust;
import chat.parley.verify.ExportVerifier.Verified;
import chat.parley.verify.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The steps that the page on backups names after a restore of an older event store, on a server. */
class BeginningANewEpochTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private Path file(ParleyServer server, String path, String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Path> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                            .build(),
                    // A refusal that came before may have been longer.
                    HttpResponse.BodyHandlers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
        }
        return file;
    }

    /** The checkpoint that the log has signed over all of its events. */
    private Path checkpoint(ParleyServer server, String name, long atLeast) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(size(file(server, "/transparency/checkpoint", name)))
                        .isGreaterThanOrEqualTo(atLeast));
        return directory.resolve(name);
    }

    private static long size(Path checkpoint) throws IOException {
        return Long.parseLong(Files.readAllLines(checkpoint).get(1));
    }

    private String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            int code = Main.run(arguments, print, print);
            print.println("exit " + code);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String succession(Path key, Path former, Path kept, Path consistency, Path proof) {
        return run(
                "succession",
                "--key",
                key.toString(),
                "--former-key",
                former.toString(),
                "--kept",
                kept.toString(),
                "--consistency",
                consistency.toString(),
                proof.toString());
    }

    @Test
    void theLogOfARestoredStoreContinuesTheOneBefore() throws Exception {
        Path data = directory.resolve("data");
        TestUser.Credentials alice;
        TestUser.Credentials auditor;
        String talk;
        Path former;
        Path kept;
        Path all;
        try (ParleyServer server = ParleyServer.startOn(data)) {
            TestUser person = server.newPerson();
            alice = person.credentials();
            auditor = Admins.holder(server, SystemRole.AUDITOR).credentials();
            talk = person.startGroup(server.newPerson());
            DirectConversationScenario.send(person, talk, "kept");
            JdbcClient jdbc = JdbcClient.create(server.bean(DataSource.class));
            kept = checkpoint(
                    server,
                    "kept",
                    jdbc.sql("SELECT count(*) FROM events.domain_events")
                            .query(Long.class)
                            .single());
            DirectConversationScenario.send(person, talk, "lost by the restore");
            all = checkpoint(server, "all", size(kept) + 1);
            former = file(server, "/transparency/key", "former.key");
            // Restores an event store of before the last event, with the vault as it is, and asks for a new epoch.
            assertThat(jdbc.sql("DELETE FROM events.domain_events WHERE global_index >= :first")
                            .param("first", size(kept))
                            .update())
                    .isPositive();
            jdbc.sql("DELETE FROM vault.epoch").update();
        }
        FileSystemUtils.deleteRecursively(data.resolve("read-side"));
        String name =
                Files.readAllLines(data.resolve("transparency/checkpoint")).getFirst();
        try (ParleyServer server = ParleyServer.startOn(data, "parley.transparency.predecessor=" + name)) {
            TestUser person = TestUser.logIn(server.port(), alice);
            DirectConversationScenario.send(person, talk, "after the restore");
            checkpoint(server, "new", size(kept) + 1);
            Path key = file(server, "/transparency/key", "new.key");
            assertThat(Files.readString(key)).isNotEqualTo(Files.readString(former));
            Path proof = file(server, "/transparency/predecessor", "predecessor.tlog-proof");
            Path fromKept =
                    file(server, "/transparency/predecessor/consistency?from=" + size(kept), "consistency-kept");
            assertThat(succession(key, former, kept, fromKept, proof))
                    .contains("VERIFIED", "exit 0")
                    .contains(size(all) + " events");
            Path archive = directory.resolve("export.zip");
            Files.write(archive, exported(server, TestUser.logIn(server.port(), auditor)));
            VerifierKey trusted = VerifierKey.parse(Files.readString(key).strip());
            Verified verified = ExportVerifier.verify(
                    archive, new Trust(Optional.of(trusted), Optional.empty()), (bytes, of, events) -> {});
            assertThat(verified.manifest().isComplete()).isTrue();
            assertThat(verified.continues())
                    .hasValueSatisfying(before -> assertThat(before.origin()).isEqualTo(name));
        }
        // The setting is left out afterwards, and the log goes on.
        try (ParleyServer server = ParleyServer.startOn(data)) {
            long before = size(checkpoint(server, "again", 1));
            DirectConversationScenario.send(TestUser.logIn(server.port(), alice), talk, "and on");
            checkpoint(server, "later", before + 1);
        }
    }

    private static byte[] exported(ParleyServer server, TestUser auditor) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + server.port() + "/api/v1/audit/export?reason=evidence"))
                            .header("Authorization", "Bearer " + auditor.accessToken())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
