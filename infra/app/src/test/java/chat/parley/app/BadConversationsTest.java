package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadConversationsTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void anUnknownConversationRefusesEveryCommand() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        String unknown = UUID.randomUUID().toString();
        try (SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            expectRefused(chat.alice(), atAlice, unknown, 404, "conversation-not-found");
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aConversationOfOthersRefusesEveryCommand() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser mallory = server.newPerson();
        String group = chat.alice().startGroup(chat.bob());
        try (SocketClient atMallory = mallory.connect();
                SocketClient atAlice = chat.alice().connect();
                SocketClient atBob = chat.bob().connect()) {
            expectRefused(mallory, atMallory, chat.id(), 403, "not-a-member");
            expectRefused(mallory, atMallory, group, 403, "not-a-member");
            mallory.rest
                    .put("/conversations/" + group + "/members/me", Map.of())
                    .expectProblem(403, "group-invite-only");
            mallory.rest
                    .put("/conversations/" + group + "/members/" + chat.bob().id, Map.of())
                    .expectProblem(403, "not-a-member");
            mallory.rest
                    .patch("/conversations/" + group, Map.of("title", "Mine"))
                    .expectProblem(403, "not-a-member");
            mallory.rest
                    .delete("/conversations/" + group + "/members/" + chat.bob().id)
                    .expectProblem(403, "not-a-member");
            mallory.rest.get("/conversations/" + group).expectProblem(403, "not-a-member");

            assertThat(DirectConversationScenario.entries(chat.alice(), group, 1))
                    .hasSize(1);
            assertThat(mallory.rest.get("/inbox").expect(200).path("conversations"))
                    .isEmpty();
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    @Test
    void aLeftConversationRefusesEveryCommand() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(bob);
        try (SocketClient atBob = bob.connect();
                SocketClient atAlice = alice.connect()) {
            assertThat(bob.rest
                            .delete("/conversations/" + group + "/members/me")
                            .expect(200)
                            .path("position")
                            .asLong())
                    .isEqualTo(2);
            // After Bob's socket has seen the entry, refusals do not depend on timing.
            atBob.awaitEntry("left");

            expectRefused(bob, atBob, group, 403, "not-a-member");

            assertThat(atAlice.ask(TestUser.message(group, "without bob"))
                            .path("position")
                            .asLong())
                    .isEqualTo(3);
            DirectConversationScenario chat = new DirectConversationScenario(alice, bob, alice.startDirect(bob));
            assertThat(atBob.awaitEntry("started").path("conversation").asString())
                    .isEqualTo(chat.id());
            chat.expectNothingBut(2, atAlice, atBob);
        }
    }

    /** Tries every way to change a conversation; none may succeed. */
    private static void expectRefused(
            TestUser person, SocketClient socket, String conversation, int status, String code) {
        Map<String, Object> message = TestUser.message(conversation, "not for you");
        assertThat(socket.ask(message).path("code").asString()).isEqualTo(code);
        for (Map<String, Object> frame : List.<Map<String, Object>>of(
                Map.of("type", "message.edit", "position", 1, "text", "changed"),
                Map.of("type", "message.retract", "position", 1),
                Map.of("type", "reaction.add", "position", 1, "emoji", "👍"),
                Map.of("type", "reaction.remove", "position", 1, "emoji", "👍"),
                Map.of("type", "typing"))) {
            Map<String, Object> whole = new HashMap<>(frame);
            whole.put("ref", UUID.randomUUID().toString());
            whole.put("conversation", conversation);
            assertThat(socket.ask(whole).path("code").asString())
                    .as("%s", frame)
                    .isIn(code, "not-a-member");
        }
        String path = "/conversations/" + conversation;
        person.rest
                .post(path + "/messages", DirectConversationScenario.body("not for you"))
                .expectProblem(status, code);
        person.rest.put(path + "/messages/1", Map.of("text", "changed")).expectProblem(status, code);
        person.rest.delete(path + "/messages/1").expectProblem(status, code);
        person.rest.put(path + "/messages/1/reactions/%F0%9F%91%8D", Map.of()).expectProblem(status, code);
    }

    @Test
    void invalidIdsAreRefused() {
        TestUser alice = server.newPerson();
        alice.rest.get("/conversations/a%20b/entries").expectProblem(400, "invalid-id");
        alice.rest.get("/conversations/" + "x".repeat(65)).expectProblem(400, "invalid-id");
        alice.rest
                .post("/conversations/a.b/messages", DirectConversationScenario.body("hi"))
                .expectProblem(400, "invalid-id");
        alice.rest.get("/users/a%24b").expectProblem(400, "invalid-id");
    }

    @Test
    void invalidConversationsAreNotStarted() {
        TestUser alice = server.newPerson();
        ApiClient rest = alice.rest;
        String nobody = UUID.randomUUID().toString();
        rest.post("/conversations", Map.of("kind", "direct", "with", nobody)).expectProblem(404, "user-not-found");
        rest.post("/conversations", Map.of("kind", "direct")).expectProblem(400, "invalid-parameter");
        rest.post("/conversations", Map.of("kind", "party")).expectProblem(400, "malformed-json");
        rest.post("/conversations", Map.of()).expectProblem(400, "malformed-json");
        rest.post("/conversations", group("A group", List.of(nobody))).expectProblem(404, "user-not-found");
        rest.post("/conversations", group("", List.of())).expectProblem(400, "title-invalid");
        rest.post("/conversations", group(" ", List.of())).expectProblem(400, "title-invalid");
        rest.post("/conversations", group("x".repeat(201), List.of())).expectProblem(400, "title-invalid");
        rest.post("/conversations", group("nul\0", List.of())).expectProblem(400, "title-invalid");
        assertThat(rest.get("/inbox").expect(200).path("conversations")).isEmpty();
    }

    private static Map<String, Object> group(String title, List<String> members) {
        return Map.of("kind", "group", "title", title, "members", members);
    }

    @Test
    void aFullGroupIsClosed() {
        TestUser owner = server.newPerson();
        List<TestUser> people =
                IntStream.range(0, 100).mapToObj(_ -> server.newPerson()).toList();
        List<String> ids = people.stream().map(person -> person.id).toList();

        owner.rest.post("/conversations", group("101 people", ids)).expectProblem(409, "group-full");

        Map<String, Object> full = new HashMap<>(group("100 people", ids.subList(0, 99)));
        full.put("joinable", true);
        String group =
                owner.rest.post("/conversations", full).expect(201).path("id").asString();
        TestUser late = people.getLast();
        owner.rest
                .put("/conversations/" + group + "/members/" + late.id, Map.of())
                .expectProblem(409, "group-full");
        late.rest.put("/conversations/" + group + "/members/me", Map.of()).expectProblem(409, "group-full");
        assertThat(DirectConversationScenario.entries(owner, group, 1)).hasSize(1);

        people.getFirst().rest.delete("/conversations/" + group + "/members/me").expect(200);
        late.rest.put("/conversations/" + group + "/members/me", Map.of()).expect(200);
        assertThat(DirectConversationScenario.entries(owner, group, 3)).hasSize(3);
    }
}
