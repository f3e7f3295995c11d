package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
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
import tools.jackson.databind.JsonNode;

/** All cases in one sequence, because each start takes long. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledServerTest {
    @TempDir
    static Path directory;

    private static ChildJvm parley;

    @BeforeAll
    static void start() {
        parley = start("log");
        ParleyProcess.awaitPort(parley);
    }

    @AfterAll
    static void stop() {
        parley.close();
    }

    private static ChildJvm start(String log) {
        return ParleyProcess.start(directory.resolve("data"), directory.resolve(log));
    }

    @Test
    @Order(1)
    void aSecondStartOnTheSameDataReportsItAndExits() {
        ChildJvm second = start("second");

        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.output()).contains("is in use by another Parley").doesNotContain("\tat ");
    }

    @Test
    @Order(2)
    void everyAcknowledgedMessageIsStoredOnceAfterKills() {
        List<String> sent = new ArrayList<>();
        TestUser first = TestUser.signUp(ParleyProcess.awaitPort(parley));
        TestUser.Credentials alice = first.credentials();
        String conversation = first.startDirect(TestUser.signUp(ParleyProcess.awaitPort(parley)));
        for (int round = 0; round < 3; round++) {
            Map<String, Object> last = Map.of();
            SocketClient socket =
                    TestUser.logIn(ParleyProcess.awaitPort(parley), alice).connect();
            for (int i = 0; i < 200; i++) {
                last = TestUser.message(conversation, "round " + round + ", message " + i);
                assertThat(socket.ask(last).path("type").asString()).isEqualTo("ack");
                sent.add((String) last.get("text"));
            }

            parley.kill();

            parley = start("log" + round);
            TestUser afterwards = TestUser.logIn(ParleyProcess.awaitPort(parley), alice);
            try (SocketClient retry = afterwards.connect()) {
                assertThat(retry.ask(last).path("position").asLong()).isEqualTo(sent.size() + 1);
            }
            assertThat(texts(afterwards, conversation, sent.size())).isEqualTo(sent);
        }
    }

    /** Whether the first order was stored before the kill is not known, so it is given again, as an auditor would. */
    @Test
    @Order(3)
    void anErasureThatAKillInterruptsIsFinished() throws Exception {
        for (int untilKill : List.of(30, 150)) {
            TestUser eve = TestUser.signUp(ParleyProcess.awaitPort(parley));
            TestUser bob = TestUser.signUp(ParleyProcess.awaitPort(parley));
            TestUser.Credentials auditor = auditor().credentials();
            String group = bob.startGroup(eve);
            long last = 0;
            for (int i = 0; i < 100; i++) {
                last = DirectConversationScenario.send(eve, group, "to be erased " + i);
            }
            DirectConversationScenario.answerThrough(bob, group, last);

            order(eve, auditor)
                    .completeOnTimeout(null, untilKill, TimeUnit.MILLISECONDS)
                    .join();
            parley.kill();
            parley = start("erasure" + untilKill);

            order(eve, auditor).join();
            awaitErased(eve, auditor);
            TestUser reader = TestUser.logIn(ParleyProcess.awaitPort(parley), bob.credentials());
            assertThat(DirectConversationScenario.entries(reader, group, last))
                    .filteredOn(entry -> entry.path("kind").asString().equals("message"))
                    .hasSize(100)
                    .allMatch(message -> !message.hasNonNull("text")
                            && message.path("erased").asBoolean());
            assertThat(ExportedEvents.verified(
                                    ParleyProcess.awaitPort(parley), auditor(), directory, "&conversation=" + group)
                            .manifest()
                            .events())
                    .as("events of the conversation, with those that the erasure brought")
                    .isGreaterThan(last);
        }
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
