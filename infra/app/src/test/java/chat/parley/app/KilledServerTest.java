package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    @Order(3)
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
