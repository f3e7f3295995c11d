package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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

class ContactsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();

    private static ApiClient.Answer ask(TestUser by, TestUser with) {
        return by.rest.put("/users/me/contacts/" + with.id, Map.of());
    }

    private static void end(TestUser by, TestUser with) {
        by.rest.delete("/users/me/contacts/" + with.id).expect(204);
    }

    /** Waits until the contacts are exactly these, each a user and a state. */
    private static void expectContacts(TestUser of, String... contacts) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(of.rest
                                .get("/users/me/contacts")
                                .expect(200)
                                .path("contacts")
                                .valueStream()
                                .map(contact -> contact.path("user").asString() + " "
                                        + contact.path("state").asString()))
                        .containsExactly(contacts));
    }

    @RepeatedTest(3)
    void mutualRequestsAtOnceMakeAContact() throws InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ApiClient.Answer>> both =
                    List.of(() -> ask(alice, bob), () -> ask(bob, alice), () -> ask(alice, bob), () -> ask(bob, alice));
            List<String> states = executor.invokeAll(both).stream()
                    .map(Future::resultNow)
                    .map(answer -> answer.expect(200).path("state").asString())
                    .toList();
            assertThat(states).contains("requested", "contact").isSubsetOf("requested", "contact");
        }
        expectContacts(alice, bob.id + " contact");
        expectContacts(bob, alice.id + " contact");
    }

    @Test
    void aRequestIsSeenByBothAndADeclineHoldsForAWhile() {
        assertThat(ask(alice, bob).expect(200).path("state").asString()).isEqualTo("requested");
        expectContacts(alice, bob.id + " requested");
        expectContacts(bob, alice.id + " asked");

        end(bob, alice);
        end(bob, alice);
        expectContacts(alice);
        expectContacts(bob);
        ask(alice, bob).expectProblem(409, "contact-request-too-soon");
        assertThat(ask(bob, alice).expect(200).path("state").asString()).isEqualTo("requested");
    }

    @Test
    void repeatedRequestsAreLimited() {
        ask(alice, bob).expect(200);
        end(alice, bob);
        ask(alice, bob).expectProblem(409, "contact-request-too-soon");
        ask(alice, alice).expectProblem(400, "self-not-allowed");
        alice.rest.delete("/users/me/contacts/" + server.newPerson().id).expectProblem(404, "not-found");
    }

    @Test
    void aBlockEndsTheContactUnnoticed() {
        ask(alice, bob).expect(200);
        ask(bob, alice).expect(200);
        expectContacts(alice, bob.id + " contact");
        alice.rest.put("/users/me/blocks/" + bob.id, Map.of()).expect(204);
        expectContacts(alice);
        expectContacts(bob, alice.id + " contact");

        TestUser carol = server.newPerson();
        alice.rest.put("/users/me/blocks/" + carol.id, Map.of()).expect(204);
        alice.rest
                .put("/users/me/settings", settings(Map.of("contactRequests", "nobody")))
                .expect(204);
        Awaitility.await()
                .until(() -> alice.rest
                        .get("/users/me/settings")
                        .expect(200)
                        .path("contactRequests")
                        .asString()
                        .equals("nobody"));
        JsonNode toTheBlocked = ask(carol, alice).expectProblem(403, "contact-refused");
        assertThat(ask(server.newPerson(), alice).expectProblem(403, "contact-refused"))
                .isEqualTo(toTheBlocked);

        alice.rest.delete("/users/me/blocks/" + bob.id).expect(204);
        expectContacts(alice, bob.id + " contact");
    }

    @Test
    void settingsAreReadBackAndKeepTheirRules() {
        Map<String, Object> quiet = Map.of("from", "22:00", "to", "06:30", "zone", "Asia/Seoul");
        Map<String, Object> settings = settings(Map.of("language", "ko", "quietHours", quiet, "notifications", false));
        JsonNode before = alice.rest.get("/users/me/settings").expect(200);
        assertThat(before.path("language").asString()).isEqualTo("en");
        assertThat(before.path("quietHours").isNull()).isTrue();

        alice.rest.put("/users/me/settings", settings).expect(204);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(alice.rest.get("/users/me/settings").expect(200))
                                .isEqualTo(ApiClient.JSON.valueToTree(settings)));

        alice.rest
                .put("/users/me/settings", settings(Map.of("language", "no language")))
                .expectProblem(400, "language-invalid");
        Map<String, Object> always = Map.of("from", "22:00", "to", "22:00", "zone", "UTC");
        alice.rest
                .put("/users/me/settings", settings(Map.of("quietHours", always)))
                .expectProblem(400, "quiet-hours-invalid");
        alice.rest.put("/users/me/settings", Map.of()).expectProblem(400, "invalid-parameter");
    }

    private static Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "contactRequests",
                "everybody",
                "groupAdditions",
                "everybody",
                "readReceipts",
                true,
                "notifications",
                true,
                "textInNotifications",
                true,
                "language",
                "en"));
        settings.putAll(more);
        return settings;
    }

    @Test
    void readMarksAreSentOnlyIfTheReaderAllowsIt() {
        DirectConversationScenario chat = new DirectConversationScenario(alice, bob, alice.startDirect(bob));
        DirectConversationScenario.send(bob, chat.id(), "one");
        DirectConversationScenario.send(bob, chat.id(), "two");
        chat.entriesThrough(3);
        try (SocketClient atAlice = alice.connect();
                SocketClient atBob = bob.connect()) {
            alice.rest
                    .put("/conversations/" + chat.id() + "/read", Map.of("position", 2))
                    .expect(204);
            assertThat(atBob.await("read").path("position").asLong()).isEqualTo(2);
            assertThat(atAlice.await("read").path("position").asLong()).isEqualTo(2);

            alice.rest
                    .put("/users/me/settings", settings(Map.of("readReceipts", false)))
                    .expect(204);
            alice.rest
                    .put("/conversations/" + chat.id() + "/read", Map.of("position", 3))
                    .expect(204);
            assertThat(atAlice.await("read").path("position").asLong()).isEqualTo(3);
            DirectConversationScenario.send(alice, chat.id(), "three");
            assertThat(atBob.await(List.of("read", "entry")).path("text").asString())
                    .isEqualTo("three");
        }
    }
}
