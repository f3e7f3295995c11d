package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** All cases in one sequence with few kills, because each start takes long. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledServerTest {
    private static final String READ_MODEL = "/audit/rebuilds/read-model";
    private static final String EXPORTS = "/audit/exports/";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static final List<String> sent = new ArrayList<>();
    private static Map<String, Object> lastSent = Map.of();
    private static int starts;
    private static ChildJvm parley;
    private static TestUser.Credentials alice;
    private static String conversation;

    @BeforeAll
    static void start() {
        parley = startAgain();
        TestUser first = TestUser.signUp(ParleyProcess.awaitPort(parley));
        alice = first.credentials();
        conversation = first.startDirect(TestUser.signUp(ParleyProcess.awaitPort(parley)));
    }

    @AfterAll
    static void stop() {
        parley.close();
    }

    private static ChildJvm startAgain() {
        return ParleyProcess.start(directory.resolve("data"), directory.resolve("log" + starts++));
    }

    @Test
    @Order(1)
    void aSecondStartOnTheSameDataReportsItAndExits() {
        ChildJvm second = startAgain();

        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.output()).contains("is in use by another Parley").doesNotContain("\tat ");
    }

    private static SocketClient connected() {
        return TestUser.logIn(ParleyProcess.awaitPort(parley), alice).connect();
    }

    /** Sends so many messages and waits for each acknowledgement. */
    private static void say(SocketClient socket, int messages) {
        for (int i = 0; i < messages; i++) {
            lastSent = TestUser.message(conversation, "message " + sent.size());
            assertThat(socket.ask(lastSent).path("type").asString()).isEqualTo("ack");
            sent.add((String) lastSent.get("text"));
        }
    }

    /** Starts the killed server, which has every acknowledged message once. */
    private static void startWithEveryMessage() {
        parley = startAgain();
        TestUser afterwards = TestUser.logIn(ParleyProcess.awaitPort(parley), alice);
        try (SocketClient retry = afterwards.connect()) {
            assertThat(retry.ask(lastSent).path("position").asLong()).isEqualTo(sent.size() + 1);
        }
        assertThat(texts(afterwards, conversation, sent.size())).isEqualTo(sent);
    }

    @Test
    @Order(2)
    void aRebuildAndAnExportThatAKillInterruptsAreFinished() throws Exception {
        TestUser orders = auditor();
        SocketClient socket = connected();
        say(socket, 499);
        String export = orders.rest
                .post("/audit/exports", Map.of("format", "slack", "reason", "case"))
                .expect(202)
                .get("id")
                .asString();
        JsonNode rebuild = orders.rest
                .post("/audit/rebuilds", Map.of("target", "read-model", "reason", "case"))
                .expect(202);
        assertThat(state(orders, READ_MODEL)).isNotEqualTo("done");
        say(socket, 1);
        parley.kill();
        // The export may have ended before; then the disk is put back to where it had not.
        Path stored = directory
                .resolve("data")
                .resolve("kept-exports")
                .resolve(export)
                .resolve("export.json");
        Files.writeString(stored, Files.readString(stored).replace("\"DONE\"", "\"RUNNING\""));
        Files.deleteIfExists(stored.resolveSibling("archive.zip"));

        startWithEveryMessage();
        TestUser reads = TestUser.logIn(ParleyProcess.awaitPort(parley), orders.credentials());
        assertThat(state(reads, READ_MODEL)).as("the order was acknowledged").isNotEqualTo("none");
        Awaitility.await().atMost(LIMIT).until(() -> !state(reads, READ_MODEL).equals("filling"));
        JsonNode rebuilt = reads.rest.get(READ_MODEL).expect(200);
        assertThat(rebuilt.get("state").asString()).isEqualTo("done");
        assertThat(rebuilt.get("serving")).isEqualTo(rebuild.get("generation"));
        assertThat(rebuilt.get("differences")).isEmpty();
        assertThat(texts(TestUser.logIn(ParleyProcess.awaitPort(parley), alice), conversation, sent.size()))
                .as("of the rebuilt model")
                .isEqualTo(sent);

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !state(reads, EXPORTS + export).equals("running"));
        assertThat(state(reads, EXPORTS + export)).isEqualTo("done");
        assertThat(ExportedEvents.ordered(ParleyProcess.awaitPort(parley), reads, directory, export)
                        .manifest()
                        .isComplete())
                .isTrue();
    }

    private static String state(TestUser auditor, String path) {
        return auditor.rest.get(path).expect(200).get("state").asString();
    }

    /** Whether the first order was stored before the kill is not known, so it is given again, as an auditor would. */
    @ParameterizedTest
    @ValueSource(ints = {30, 150})
    @Order(3)
    void anErasureThatAKillInterruptsIsFinished(int untilKill) throws Exception {
        TestUser eve = TestUser.signUp(ParleyProcess.awaitPort(parley));
        TestUser bob = TestUser.signUp(ParleyProcess.awaitPort(parley));
        TestUser.Credentials auditor = auditor().credentials();
        String group = bob.startGroup(eve);
        long last = 0;
        for (int i = 0; i < 100; i++) {
            last = DirectConversationScenario.send(eve, group, "to be erased " + i);
        }
        DirectConversationScenario.answerThrough(bob, group, last);

        SocketClient socket = connected();
        say(socket, 199);
        order(eve, auditor)
                .completeOnTimeout(null, untilKill, TimeUnit.MILLISECONDS)
                .join();
        say(socket, 1);
        parley.kill();
        startWithEveryMessage();

        order(eve, auditor).join();
        awaitErased(eve, auditor);
        TestUser reader = TestUser.logIn(ParleyProcess.awaitPort(parley), bob.credentials());
        assertThat(DirectConversationScenario.entries(reader, group, last))
                .filteredOn(entry -> entry.path("kind").asString().equals("message"))
                .hasSize(100)
                .allMatch(message ->
                        !message.hasNonNull("text") && message.path("erased").asBoolean());
        assertThat(ExportedEvents.verified(
                                ParleyProcess.awaitPort(parley), auditor(), directory, "&conversation=" + group)
                        .manifest()
                        .events())
                .as("events of the conversation, with those that the erasure brought")
                .isGreaterThan(last);
    }

    private static TestUser auditor() {
        return Admins.holder(ParleyProcess.awaitPort(parley), directory.resolve("data"), SystemRole.AUDITOR);
    }

    private static CompletableFuture<Void> order(TestUser user, TestUser.Credentials auditor) {
        TestUser orders = TestUser.logIn(ParleyProcess.awaitPort(parley), auditor);
        return CompletableFuture.runAsync(() -> orders.rest
                .post("/audit/erasures", Map.of("user", user.id, "reason", "asked for"))
                .expect(202));
    }

    /** Without search, nothing is known of its files. */
    private static void awaitErased(TestUser user, TestUser.Credentials auditor) {
        TestUser reads = TestUser.logIn(ParleyProcess.awaitPort(parley), auditor);
        Awaitility.await()
                .atMost(ParleyServer.PATIENCE)
                .until(() -> reads.rest
                        .get("/audit/erasures/" + user.id + "?reason=look")
                        .expect(200)
                        .path("stores")
                        .valueStream()
                        .filter(store -> !store.path("store").asString().equals("search-index"))
                        .noneMatch(store -> store.path("doneAt").isNull()));
    }

    @Test
    @Order(4)
    void aStopLeavesNoProcessBehind() {
        List<ProcessHandle> children = parley.process().descendants().toList();

        parley.process().destroy();
        parley.awaitExit();

        Awaitility.await()
                .atMost(ParleyServer.PATIENCE)
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    private static List<String> texts(TestUser person, String conversation, int messages) {
        DirectConversationScenario.answerThrough(person, conversation, messages + 1L);
        List<String> texts = new ArrayList<>();
        long after = 1;
        while (texts.size() < messages) {
            JsonNode page = person.rest
                    .get("/conversations/" + conversation + "/entries?limit=200&after=" + after)
                    .expect(200);
            if (page.path("entries").isEmpty()) {
                break;
            }
            for (JsonNode entry : page.path("entries")) {
                texts.add(entry.path("text").asString());
                after = entry.path("position").asLong();
            }
        }
        return texts;
    }
}
