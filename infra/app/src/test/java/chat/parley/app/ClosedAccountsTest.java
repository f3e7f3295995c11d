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
        Person alice = chat.alice();
        Person bob = chat.bob();
        Person carol = server.newPerson();
        befriend(alice, bob);
        long position = DirectConversationScenario.send(alice, chat.id(), "what was said");
        String group = alice.startGroup(carol, bob);
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of("role", "admin"))
                .expect(200);
        try (Socket atAlice = alice.connect();
                Socket atBob = bob.connect()) {
            alice.rest.post("/users/me/deletion", Map.of("password", "wrong")).expectProblem(403, "password-wrong");
            alice.rest
                    .post("/users/me/deletion", Map.of("password", Person.PASSWORD))
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
        Rest anybody = new Rest(server.port(), null);
        anybody.post("/sessions", Map.of("username", alice.username, "password", Person.PASSWORD, "device", "d"))
                .expectProblem(401, "bad-credentials");
        anybody.post(
                        "/accounts",
                        Map.of("username", alice.username, "password", Person.PASSWORD, "displayName", "Impostor"))
                .expectProblem(409, "username-taken");
    }

    @Test
    void aDeactivatedAccountReturnsUnchanged() {
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        Person alice = chat.alice();
        Person bob = chat.bob();
        befriend(alice, bob);
        String group = alice.startGroup(bob);
        try (Socket atAlice = alice.connect()) {
            alice.rest
                    .post("/users/me/deactivation", Map.of("password", Person.PASSWORD))
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

        Person again = alice.onDevice("another");
        again.rest.get("/users/me").expect(200);
        expectOwner(bob, group, again);
        assertThat(again.rest.get("/users/me/contacts").expect(200).path("contacts"))
                .hasSize(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(found(bob, alice.username)).containsExactly(alice.id));
        again.startDirect(bob);
        bob.startGroup(again);
    }

    private void expectUnreachable(Person bob, Person gone) {
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

    private static void expectNothingSent(Person bob, DirectConversationScenario chat) {
        bob.rest
                .post(chat.messages(), DirectConversationScenario.body("hello?"))
                .expectProblem(409, "user-unavailable");
        try (Socket atBob = bob.connect()) {
            assertThat(atBob.ask(Person.message(chat.id(), "hello?"))
                            .path("code")
                            .asString())
                    .isEqualTo("user-unavailable");
        }
    }

    private static void expectProfile(Person reader, Person person, String json) {
        assertThat(reader.rest.get("/users/" + person.id).expect(200)).isEqualTo(Rest.JSON.readTree(json));
    }

    private static void expectOwner(Person reader, String group, Person owner) {
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

    private static List<String> found(Person asker, String query) {
        return asker.rest.get("/users?query=" + query).expect(200).path("users").findValuesAsString("id");
    }

    private static void befriend(Person one, Person other) {
        one.rest.put("/users/me/contacts/" + other.id, Map.of()).expect(200);
        other.rest.put("/users/me/contacts/" + one.id, Map.of()).expect(200);
    }
}
