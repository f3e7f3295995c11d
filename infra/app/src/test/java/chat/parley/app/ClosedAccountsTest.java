package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Closed accounts as other users see them. */
class ClosedAccountsTest {
    private final ParleyServer server = ParleyServer.shared();

    @Test
    void aDeletedAccountLeavesOnlyItsMessages() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        TestUser bob = chat.bob();
        TestUser carol = server.newPerson();
        befriend(alice, bob);
        long position = DirectConversationScenario.send(alice, chat.id(), "what was said");
        String group = alice.startGroup(carol, bob);
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of("role", "admin"))
                .expect(200);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            alice.rest.post("/users/me/deletion", Map.of("password", "wrong")).expectProblem(403, "password-wrong");
            alice.rest
                    .post("/users/me/deletion", Map.of("password", TestUser.PASSWORD))
                    .expect(204);

            assertThat(atAlice.awaitClose()).isEqualTo(4401);
            JsonNode left = atBob.awaitEntry("left");
            assertThat(left.path("user").asString()).isEqualTo(alice.id);
            assertThat(left.path("conversation").asString()).isEqualTo(group);
        }
        assertThat(DirectConversationScenario.entries(bob, chat.id(), position)
                        .getLast()
                        .path("text")
                        .asString())
                .isEqualTo("what was said");
        expectProfile(
                bob, alice, "{\"id\":\"" + alice.id + "\",\"username\":null,\"displayName\":null,\"deleted\":true}");
        expectUnreachable(bob, alice);
        expectNothingSent(bob, chat);
        expectOwner(carol, group, bob);
        Awaitility.await().untilAsserted(() -> {
            assertThat(bob.rest.get("/users/me/contacts").expect(200).path("contacts"))
                    .isEmpty();
            assertThat(bob.rest
                            .get("/users/" + alice.id + "/presence")
                            .expect(200)
                            .path("status")
                            .asString())
                    .isEqualTo("offline");
        });
        ApiClient anybody = new ApiClient(server.port(), null);
        anybody.post("/sessions", Map.of("username", alice.username, "password", TestUser.PASSWORD, "device", "d"))
                .expectProblem(401, "bad-credentials");
        anybody.post(
                        "/accounts",
                        Map.of("username", alice.username, "password", TestUser.PASSWORD, "displayName", "Impostor"))
                .expectProblem(409, "username-taken");
    }

    @Test
    void aDeactivatedAccountReturnsUnchanged() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        TestUser alice = chat.alice();
        TestUser bob = chat.bob();
        befriend(alice, bob);
        String group = alice.startGroup(bob);
        try (SocketClient atAlice = alice.connect()) {
            alice.rest
                    .post("/users/me/deactivation", Map.of("password", TestUser.PASSWORD))
                    .expect(204);
            assertThat(atAlice.awaitClose()).isEqualTo(4401);
        }
        assertThat(bob.rest
                        .get("/users/" + alice.id)
                        .expect(200)
                        .path("deactivated")
                        .asBoolean())
                .isTrue();
        expectUnreachable(bob, alice);
        expectNothingSent(bob, chat);

        TestUser again = alice.onDevice("another");
        again.rest.get("/users/me").expect(200);
        expectOwner(bob, group, again);
        assertThat(again.rest.get("/users/me/contacts").expect(200).path("contacts"))
                .hasSize(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(found(bob, alice.username)).containsExactly(alice.id));
        again.startDirect(bob);
        bob.startGroup(again);
    }

    private void expectUnreachable(TestUser bob, TestUser gone) {
        assertThat(found(bob, gone.username)).isEmpty();
        bob.rest
                .post("/conversations", Map.of("kind", "direct", "with", gone.id))
                .expectProblem(409, "user-unavailable");
        bob.rest
                .post("/conversations", Map.of("kind", "group", "title", "Tea", "members", List.of(gone.id)))
                .expectProblem(409, "user-unavailable");
        String own = bob.startGroup();
        bob.rest.put("/conversations/" + own + "/members/" + gone.id, Map.of()).expectProblem(409, "user-unavailable");
        bob.rest.put("/users/me/contacts/" + gone.id, Map.of()).expectProblem(409, "user-unavailable");
    }

    private static void expectNothingSent(TestUser bob, DirectConversationScenario chat) {
        bob.rest
                .post(chat.messages(), DirectConversationScenario.body("hello?"))
                .expectProblem(409, "user-unavailable");
        try (SocketClient atBob = bob.connect()) {
            assertThat(atBob.ask(TestUser.message(chat.id(), "hello?"))
                            .path("code")
                            .asString())
                    .isEqualTo("user-unavailable");
        }
    }

    private static void expectProfile(TestUser reader, TestUser person, String json) {
        assertThat(reader.rest.get("/users/" + person.id).expect(200)).isEqualTo(ApiClient.JSON.readTree(json));
    }

    private static void expectOwner(TestUser reader, String group, TestUser owner) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(reader.rest
                                .get("/conversations/" + group)
                                .expect(200)
                                .path("members")
                                .valueStream())
                        .filteredOn(member -> member.path("role").asString().equals("owner"))
                        .extracting(member -> member.path("user").asString())
                        .containsExactly(owner.id));
    }

    private static List<String> found(TestUser asker, String query) {
        return asker.rest.get("/users?query=" + query).expect(200).path("users").findValuesAsString("id");
    }

    private static void befriend(TestUser one, TestUser other) {
        one.rest.put("/users/me/contacts/" + other.id, Map.of()).expect(200);
        other.rest.put("/users/me/contacts/" + one.id, Map.of()).expect(200);
    }
}
