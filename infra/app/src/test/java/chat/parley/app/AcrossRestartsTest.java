package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.generation.ReadModelAheadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

class AcrossRestartsTest {
    @TempDir
    Path dataDir;

    @Test
    void aReadSideNewerThanARestoredEventStoreIsRefusedAndRebuilt(@TempDir Path backups) throws Exception {
        Path store = dataDir.resolve("postgres");
        Path backup = backups.resolve("postgres");
        TestUser.Credentials credentials;
        String conversation;
        String before;
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser alice = server.newPerson();
            credentials = alice.credentials();
            conversation = alice.startGroup(server.newPerson());
            DirectConversationScenario.send(alice, conversation, "in the backup");
        }
        copy(store, backup);
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser alice = TestUser.logIn(server.port(), credentials);
            DirectConversationScenario.send(alice, conversation, "lost with the restore");
            assertThat(DirectConversationScenario.entries(alice, conversation, 3))
                    .hasSize(3);
            before = alice.rest.get("/sync").expect(200).path("cursor").asString();
        }
        FileSystemUtils.deleteRecursively(store);
        copy(backup, store);

        assertThatThrownBy(() -> ParleyServer.startOn(dataDir).close())
                .rootCause()
                .isInstanceOf(ReadModelAheadException.class)
                .hasMessageContaining("restored from an older backup");

        String cursor = "";
        for (int start = 0; start < 2; start++) {
            try (ParleyServer server = ParleyServer.startOn(dataDir, "parley.vault.restore=of May")) {
                TestUser alice = TestUser.logIn(server.port(), credentials);
                if (start == 0) {
                    alice.rest.get("/sync?cursor=" + before).expectProblem(410, "cursor-expired");
                    assertThat(DirectConversationScenario.entries(alice, conversation, 2))
                            .hasSize(2);
                    DirectConversationScenario.send(alice, conversation, "after the restore");
                } else {
                    alice.rest.get("/sync?cursor=" + cursor).expect(200);
                }
                assertThat(DirectConversationScenario.entries(alice, conversation, 3))
                        .last()
                        .satisfies(entry ->
                                assertThat(entry.path("text").asString()).isEqualTo("after the restore"));
                cursor = alice.rest.get("/sync").expect(200).path("cursor").asString();
            }
        }
    }

    /** With the owners, because PostgreSQL does not run as root. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
    }

    @Test
    void aRetryIsOneMessageAndCursorsAreValidInTheirEpoch() {
        TestUser.Credentials alice;
        TestUser.Credentials bob;
        String conversation;
        String cursor;
        Map<String, Object> message;
        JsonNode first;
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser early = server.newPerson();
            TestUser other = server.newPerson();
            alice = early.credentials();
            bob = other.credentials();
            conversation = early.startDirect(other);
            cursor = other.rest.get("/sync").expect(200).path("cursor").asString();
            message = TestUser.message(conversation, "once, across restarts");
            try (SocketClient socket = early.connect()) {
                first = socket.ask(message);
            }
        }
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser again = TestUser.logIn(server.port(), alice);
            try (SocketClient socket = again.connect()) {
                JsonNode retry = socket.ask(message);
                assertThat(retry).isEqualTo(first);
                assertThat(socket.ask(TestUser.message(conversation, "after"))
                                .path("position")
                                .asLong())
                        .isEqualTo(3);
            }
            again.rest
                    .post(
                            "/conversations/" + conversation + "/messages",
                            Map.of("clientMessageId", message.get("clientMessageId"), "text", "something else"))
                    .expectProblem(409, "client-message-id-reused");
            assertThat(DirectConversationScenario.entries(again, conversation, 3))
                    .hasSize(3);
            assertThat(TestUser.logIn(server.port(), bob)
                            .rest
                            .get("/sync?cursor=" + cursor)
                            .expect(200)
                            .path("entries"))
                    .hasSize(2);
            server.bean(JdbcClient.class)
                    .sql("update vault.epoch set value = 'restored'")
                    .update();
        }
        try (ParleyServer server = ParleyServer.startOn(dataDir)) {
            TestUser again = TestUser.logIn(server.port(), bob);
            again.rest.get("/sync?cursor=" + cursor).expectProblem(410, "cursor-expired");
            try (SocketClient socket = again.open()) {
                socket.send(again.hello(Map.of("cursor", cursor)));
                assertThat(socket.await("welcome").path("epoch").asString()).isEqualTo("restored");
                assertThat(socket.await("state").path("resync").asBoolean()).isTrue();
                String fresh = socket.await("caught-up").path("cursor").asString();
                again.rest.get("/sync?cursor=" + fresh).expect(200);
            }
            assertThat(DirectConversationScenario.entries(again, conversation, 3))
                    .hasSize(3);
        }
    }
}
