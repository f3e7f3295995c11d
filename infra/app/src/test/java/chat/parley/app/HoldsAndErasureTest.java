package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A hold refuses an erasure until a second person lifts it; then the texts are gone at every door, and the log is whole. */
class HoldsAndErasureTest {
    private static final String SECRET = "아무도 다시 읽지 못할 말";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser one = Admins.holder(server, SystemRole.AUDITOR);
    private final TestUser second = Admins.holder(server, SystemRole.AUDITOR);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();

    @TempDir
    private Path directory;

    private ApiClient.Answer erase(TestUser auditor, TestUser user) {
        return auditor.rest.post("/audit/erasures", Map.of("user", user.id, "reason", "제17조"));
    }

    private JsonNode erasure(TestUser user) {
        return second.rest
                .get("/audit/erasures/" + user.id + "?reason=progress")
                .expect(200);
    }

    @Test
    void aHoldOnAConversationStandsAgainstTheErasureOfItsFormerMembers() {
        String group = bob.startGroup(alice);
        DirectConversationScenario.send(alice, group, SECRET);
        bob.rest.delete("/conversations/" + group + "/members/" + alice.id).expect(200);
        String hold = "case-" + UUID.randomUUID();
        Map<String, Object> placed = Map.of("hold", hold, "conversations", List.of(group), "reason", "litigation");
        one.rest.post("/audit/holds", placed).expect(201);
        one.rest.post("/audit/holds", placed).expect(201);
        second.rest.post("/audit/holds", placed).expectProblem(409, "hold-exists");

        JsonNode refused = erase(second, alice).expectProblem(409, "on-hold");
        assertThat(refused.path("detail").asString()).contains(hold);
        assertThat(erasure(alice).path("state").asString()).isEqualTo("refused");
        alice.rest.get("/users/me").expect(200);
        assertThat(text(DirectConversationScenario.entries(bob, group, 2).get(1)))
                .isEqualTo(SECRET);

        String path = "/audit/holds/" + hold + "?reason=settled";
        one.rest.delete(path).expectProblem(403, "second-person-required");
        second.rest.delete(path).expect(204);
        second.rest.delete(path).expectProblem(404, "hold-not-found");

        assertThat(erase(second, alice).expect(202).path("state").asString()).isEqualTo("erased");
        Awaitility.await()
                .untilAsserted(() -> assertUnreadable(
                        DirectConversationScenario.entries(bob, group, 2).get(1)));
    }

    @Test
    void anErasedUsersTextsAreGoneAtEveryDoorAndTheLogIsWhole() throws Exception {
        String talk = alice.startDirect(bob);
        String cursor;
        try (SocketClient atBob = bob.connect()) {
            long position = DirectConversationScenario.send(alice, talk, SECRET);
            JsonNode entry = atBob.awaitEntry("message");
            assertThat(text(entry)).isEqualTo(SECRET);
            assertThat(position).isEqualTo(2);
        }
        try (SocketClient atBob = bob.open()) {
            atBob.send(bob.hello(Map.of()));
            atBob.await("welcome");
            cursor = atBob.await("caught-up").path("cursor").asString();
        }
        DirectConversationScenario.send(alice, talk, SECRET);

        assertThat(erase(one, alice).expect(202).path("state").asString()).isEqualTo("erased");

        Awaitility.await().untilAsserted(() -> {
            List<JsonNode> entries = DirectConversationScenario.entries(bob, talk, 3);
            assertUnreadable(entries.get(1));
            assertUnreadable(entries.get(2));
        });
        try (SocketClient atBob = bob.resume(cursor)) {
            assertThat(atBob.entriesUntilCaughtUp())
                    .filteredOn(entry -> entry.path("kind").asString().equals("message"))
                    .isNotEmpty()
                    .allSatisfy(HoldsAndErasureTest::assertUnreadable);
        }
        new ApiClient(server.port(), null)
                .post("/sessions", Map.of("username", alice.username, "password", TestUser.PASSWORD, "device", "d"))
                .expectProblem(401, "bad-credentials");
        assertThat(bob.rest
                        .get("/users/" + alice.id)
                        .expect(200)
                        .path("username")
                        .isNull())
                .isTrue();
        JsonNode state = erasure(alice);
        assertThat(state.path("keysDestroyedAt").isNull()).isFalse();
        assertThat(erase(second, alice).expect(202).path("orderedBy").asString())
                .isEqualTo(one.id);

        Verified verified = exported();
        assertThat(verified.manifest().isComplete()).isTrue();
        assertThat(events("user=" + alice.id + "&type=AccountErased")).hasSize(1);
        assertThat(events("user=" + alice.id + "&type=ErasureOrdered"))
                .singleElement()
                .satisfies(ordered -> {
                    assertThat(ordered.path("data").path("by").asString()).isEqualTo(one.id);
                    assertThat(ordered.toString()).doesNotContain("제17조");
                });
    }

    private static String text(JsonNode entry) {
        return entry.path("text").asString("");
    }

    private static void assertUnreadable(JsonNode entry) {
        assertThat(entry.path("kind").asString()).isEqualTo("message");
        assertThat(entry.path("erased").asBoolean()).as("%s", entry).isTrue();
        assertThat(entry.toString()).doesNotContain(SECRET);
    }

    private List<JsonNode> events(String parameters) {
        ApiClient.Answer answer = second.rest.get("/audit/events?reason=check&" + parameters);
        assertThat(answer.response().statusCode()).isEqualTo(200);
        return answer.response().body().lines().map(ApiClient.JSON::readTree).toList();
    }

    private Verified exported() throws Exception {
        return ExportedEvents.verified(server, second, directory, "");
    }

    @Test
    void rulesAreSetByAuditorsOnly() {
        String group = bob.startGroup(alice);
        String rule = "/audit/retention/conversations/" + group;
        bob.rest.put(rule, Map.of("days", 30, "reason", "mine")).expectProblem(403, "forbidden");
        one.rest.put(rule, Map.of("days", 30, "reason", "policy")).expect(204);
        one.rest.put(rule, Map.of("days", 0, "reason", "policy")).expectProblem(400, "retention-invalid");
        assertThat(one.rest
                        .get("/audit/retention?reason=review")
                        .expect(200)
                        .path("rules")
                        .valueStream())
                .anySatisfy(each -> {
                    assertThat(each.path("conversation").asString()).isEqualTo(group);
                    assertThat(each.path("days").asInt()).isEqualTo(30);
                    assertThat(each.path("reason").asString()).isEqualTo("policy");
                });
        second.rest.delete(rule + "?reason=policy").expect(204);
    }
}
