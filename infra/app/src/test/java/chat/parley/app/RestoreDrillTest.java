package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.generation.ReadModelAheadException;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tree.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The whole way back to an earlier moment, with people before and after it. */
class RestoreDrillTest {
    private static final int STEPS = 40;
    private static final int LOST = 5;

    @TempDir
    private Path directory;

    @Test
    void everyDeviceHasExactlyWhatTheBackupHolds() throws Exception {
        try (SharedEngines engines = SharedEngines.start()) {
            Path backup = directory.resolve("backup");
            List<TestUser> people;
            RandomGroupScenario group;
            String talk;
            String cursor;
            String epoch;
            List<Map<String, Object>> whole;
            try (ParleyServer server = engines.startNode()) {
                people = List.of(server.newPerson(), server.newPerson(), server.newPerson());
                Random random = new Random(20);
                group = new RandomGroupScenario(people, random);
                for (int i = 0; i < STEPS; i++) {
                    group.step(random);
                }
                talk = people.getFirst().startDirect(people.getLast());
                TestUser bob = people.getLast();
                sendDuring(
                        people.getFirst(),
                        talk,
                        () -> OperatorCommand.run(engines.settings(), "backup", backup.toString())
                                .expectDone());
                long last = 0;
                for (int i = 0; i < LOST; i++) {
                    last = DirectConversationScenario.send(bob, talk, "lost " + i);
                    DirectConversationScenario.send(people.getFirst(), group.id, "lost");
                }
                whole = entries(bob, talk, last);
                Awaitility.await().untilAsserted(() -> proof(bob, talk, whole.size(), server.port()));
                JsonNode sync = bob.rest.get("/sync").expect(200);
                cursor = sync.path("cursor").asString();
                try (SocketClient socket = bob.open()) {
                    socket.send(bob.hello(Map.of()));
                    epoch = socket.await("welcome").path("epoch").asString();
                }
                OperatorCommand.run(engines.settings(), "restore", "--replace", backup.toString())
                        .expectRefusal(3, "A node runs on this database");
            }
            JdbcClient events = JdbcClient.create(engines.postgres().dataSource());
            long head = ApiClient.JSON
                    .readTree(Files.readAllBytes(backup.resolve("manifest.json")))
                    .path("head")
                    .asLong();
            // As after a restore of tables by hand.
            assertThat(events.sql("DELETE FROM events.domain_events WHERE global_index > :head")
                            .param("head", head)
                            .update())
                    .isGreaterThanOrEqualTo(2 * LOST);
            assertThatThrownBy(() -> engines.startNode().close())
                    .rootCause()
                    .isInstanceOf(ReadModelAheadException.class)
                    .hasMessageContaining("restored from an older backup");

            OperatorCommand.run(engines.settings(), "restore", backup.toString())
                    .expectRefusal(3, "already has events");
            OperatorCommand.run(engines.settings(), "restore", "--replace", backup.toString())
                    .expectDone();

            int kept = events.sql("SELECT count(*) FROM events.domain_events WHERE aggregate_identifier = :talk")
                    .param("talk", talk)
                    .query(Integer.class)
                    .single();
            assertThat(kept).isBetween(1, whole.size() - LOST);
            String log = Files.readAllLines(engines.transparency().resolve("checkpoint"))
                    .getFirst();
            try (ParleyServer server = engines.startNode("parley.transparency.predecessor=" + log)) {
                for (TestUser person : people) {
                    TestUser again = TestUser.logIn(server.port(), person.credentials());
                    assertThat(DirectConversationScenario.entries(again, group.id, group.head(person)).stream()
                                    .map(RandomGroupScenario::parts))
                            .isEqualTo(group.entries(person));
                }
                TestUser bob = TestUser.logIn(server.port(), people.getLast().credentials());
                bob.rest.get("/sync?cursor=" + cursor).expectProblem(410, "cursor-expired");
                try (SocketClient device = bob.open()) {
                    device.send(bob.hello(Map.of("cursor", cursor)));
                    assertThat(device.await("welcome").path("epoch").asString()).isNotEqualTo(epoch);
                    assertThat(device.await("state").path("resync").asBoolean()).isTrue();
                    device.await("caught-up");
                    assertThat(entries(bob, talk, kept)).isEqualTo(whole.subList(0, kept));

                    TestUser alice =
                            TestUser.logIn(server.port(), people.getFirst().credentials());
                    assertThat(DirectConversationScenario.send(alice, talk, "after the restore"))
                            .isEqualTo(kept + 1);
                    JsonNode live = device.awaitEntry("message");
                    assertThat(live.path("position").asLong()).isEqualTo(kept + 1);
                    assertThat(live.path("text").asString()).isEqualTo("after the restore");
                }
                Awaitility.await().untilAsserted(() -> {
                    proof(bob, talk, 2, server.port());
                    proof(bob, talk, kept + 1, server.port());
                });
            }
        }
    }

    /** Alice sends one message after the other, some before the work, some after it. */
    private static void sendDuring(TestUser alice, String talk, Runnable work) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> first = new CompletableFuture<>();
        try (SocketClient socket = alice.connect()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                for (int i = 0; !over.get(); i++) {
                    assertThat(socket.ask(TestUser.message(talk, "message " + i))
                                    .path("type")
                                    .asString())
                            .isEqualTo("ack");
                    first.complete(null);
                }
            });
            try {
                CompletableFuture.anyOf(first, sending).join();
                work.run();
            } finally {
                over.set(true);
            }
            sending.join();
        }
    }

    /** All entries, page after page: positions without gaps. */
    private static List<Map<String, Object>> entries(TestUser reader, String conversation, long through) {
        DirectConversationScenario.answerThrough(reader, conversation, through);
        List<Map<String, Object>> entries = new ArrayList<>();
        long head;
        do {
            JsonNode page = reader.rest
                    .get("/conversations/" + conversation + "/entries?limit=200&after=" + entries.size())
                    .expect(200);
            head = page.path("head").asLong();
            page.path("entries").forEach(entry -> entries.add(RandomGroupScenario.parts(entry)));
        } while (entries.size() < head);
        assertThat(entries)
                .extracting(entry -> entry.get("position"))
                .isEqualTo(LongStream.rangeClosed(1, head).boxed().toList());
        return entries;
    }

    private static void proof(TestUser reader, String conversation, long position, int port) {
        ApiClient.Answer answer = reader.rest.get("/conversations/" + conversation + "/entries/" + position + "/proof");
        assertThat(answer.response().statusCode()).as(answer.response().body()).isEqualTo(200);
        LogProof proof = LogProof.parse(answer.response().body().getBytes(UTF_8));
        VerifierKey key = VerifierKey.parse(new ApiClient(port, null)
                .get("/transparency/key")
                .response()
                .body()
                .strip());
        assertThat(proof.checkpoint().by(key)).isPresent();
        byte[] event = proof.extra().orElseThrow();
        proof.inclusion()
                .require(
                        Hash.leaf(event), proof.checkpoint().checkpoint().head().root());
        assertThat(EventEntry.decode(event).aggregate()).isEqualTo(conversation);
    }

    @Test
    void anEmbeddedServerIsBackedUpWhileItRunsAndMovesToAnotherDirectory() throws Exception {
        Path running = directory.resolve("running");
        Path stopped = directory.resolve("stopped");
        String[] there = {"parley.data-dir=" + directory.resolve("data")};
        TestUser.Credentials alice;
        String talk;
        List<Map<String, Object>> entries;
        try (ParleyServer server = ParleyServer.startOn(directory.resolve("data"))) {
            TestUser person = server.newPerson();
            alice = person.credentials();
            talk = person.startGroup(server.newPerson());
            DirectConversationScenario.send(person, talk, "백업 전");
            OperatorCommand.run(there, "backup", running.toString()).expectDone();
            long last = DirectConversationScenario.send(person, talk, "after the first backup");
            entries = entries(person, talk, last);
            OperatorCommand.run(there, "restore", running.toString()).expectRefusal(3, "in use by another Parley");
        }
        OperatorCommand.run(there, "backup", stopped.toString()).expectDone();
        for (Path backup : List.of(running, stopped)) {
            Path data = Files.createDirectory(directory.resolve("moved-" + backup.getFileName()));
            Files.copy(directory.resolve("data/vault.keys"), data.resolve("vault.keys"));
            OperatorCommand.run(new String[] {"parley.data-dir=" + data}, "restore", backup.toString())
                    .expectDone();
            try (ParleyServer server = ParleyServer.startOn(data)) {
                TestUser person = TestUser.logIn(server.port(), alice);
                int kept = backup.equals(running) ? entries.size() - 1 : entries.size();
                assertThat(entries(person, talk, kept)).isEqualTo(entries.subList(0, kept));
            }
        }
    }
}
