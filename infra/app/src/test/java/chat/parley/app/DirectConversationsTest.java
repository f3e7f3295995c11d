package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DirectConversationsTest {
    private final ParleyServer server = ParleyServer.shared();

    @RepeatedTest(5)
    void areOneIfBothUsersStartItAtOnce() throws InterruptedException {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ApiClient.Answer>> starts = List.of(
                    () -> start(alice, bob), () -> start(bob, alice), () -> start(alice, bob), () -> start(bob, alice));
            List<ApiClient.Answer> answers =
                    executor.invokeAll(starts).stream().map(Future::resultNow).toList();

            assertThat(answers)
                    .extracting(answer -> answer.response().statusCode())
                    .containsExactlyInAnyOrder(201, 200, 200, 200);
            List<String> ids = answers.stream()
                    .map(answer -> answer.expect(200, 201).path("id").asString())
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
            assertThat(DirectConversationScenario.entries(alice, ids.getFirst(), 1))
                    .hasSize(1);
            assertThat(DirectConversationScenario.entries(bob, ids.getFirst(), 1))
                    .hasSize(1);
        }
    }

    private static ApiClient.Answer start(TestUser by, TestUser with) {
        return by.rest.post("/conversations", Map.of("kind", "direct", "with", with.id));
    }

    @Test
    void cannotBeStartedWithABlockInEitherDirection() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        bob.rest.put("/users/me/blocks/" + alice.id, Map.of()).expect(204);

        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                bob.rest.get("/users/me/blocks").expect(200).path("blocks"))
                        .hasSize(1));
        start(alice, bob).expectProblem(403, "blocked");
        start(bob, alice).expectProblem(403, "blocked");
        assertThat(alice.rest.get("/inbox").expect(200).path("conversations")).isEmpty();

        bob.rest.delete("/users/me/blocks/" + alice.id).expect(204);
        Awaitility.await().untilAsserted(() -> start(alice, bob).expect(201));
    }

    @Test
    void cannotBeContinuedWithABlockInEitherDirection() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        TestUser bob = chat.bob();
        String group = alice.startGroup(bob);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            chat.expectNothingBut(2, atAlice, atBob);
            bob.rest.put("/users/me/blocks/" + alice.id, Map.of()).expect(204);
            // Other nodes learn of the block within the projection lag; from then on nothing is stored.
            Awaitility.await()
                    .until(() -> bob.rest
                                            .get("/users/me/blocks")
                                            .expect(200)
                                            .path("blocks")
                                            .size()
                                    == 1
                            && code(atAlice, chat.id()).equals("blocked")
                            && code(atBob, chat.id()).equals("blocked"));
            long head = bob.rest
                    .get("/conversations/" + chat.id())
                    .expect(200)
                    .path("head")
                    .asLong();

            for (TestUser person : List.of(alice, bob)) {
                person.rest
                        .post(chat.messages(), DirectConversationScenario.body("no"))
                        .expectProblem(403, "blocked");
                person.rest
                        .put(chat.messages() + "/2/reactions/%F0%9F%91%8D", Map.of())
                        .expectProblem(403, "blocked");
            }
            alice.rest.put(chat.messages() + "/2", Map.of("text", "no")).expectProblem(403, "blocked");
            assertThat(code(atAlice, chat.id())).isEqualTo("blocked");
            assertThat(code(atBob, chat.id())).isEqualTo("blocked");
            for (Map<String, Object> frame : List.<Map<String, Object>>of(
                    Map.of("type", "message.edit", "ref", "e", "conversation", chat.id(), "position", 2, "text", "no"),
                    Map.of(
                            "type",
                            "reaction.add",
                            "ref",
                            "r",
                            "conversation",
                            chat.id(),
                            "position",
                            2,
                            "emoji",
                            "👍"))) {
                assertThat(atAlice.ask(frame).path("code").asString())
                        .as("%s", frame)
                        .isEqualTo("blocked");
            }
            // Blocks do not apply to groups.
            assertThat(code(atAlice, group)).isEmpty();
            assertThat(code(atBob, group)).isEmpty();

            bob.rest.delete("/users/me/blocks/" + alice.id).expect(204);
            JsonNode ack = Awaitility.await()
                    .until(
                            () -> atAlice.ask(TestUser.message(chat.id(), "friends again")),
                            answer -> answer.path("type").asString().equals("ack"));
            assertThat(ack.path("position").asLong()).isEqualTo(head + 1);
        }
    }

    private static String code(SocketClient socket, String conversation) {
        return socket.ask(TestUser.message(conversation, "hello")).path("code").asString("");
    }
}
