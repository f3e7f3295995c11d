package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeingAddedToGroupsTest {
    private final ParleyServer server = ParleyServer.shared();

    /** The setting takes effect with its answer, independent of the read side. */
    @ParameterizedTest
    @CsvSource({"everybody, true, true", "contacts, false, true", "nobody, false, false", ", true, true"})
    void followsTheSettingOfTheUser(String groupAdditions, boolean byStrangers, boolean byContacts) {
        TestUser bob = server.newPerson();
        TestUser stranger = server.newPerson();
        TestUser friend = server.newPerson();
        friend.rest.put("/users/me/contacts/" + bob.id, Map.of()).expect(200);
        bob.rest.put("/users/me/contacts/" + friend.id, Map.of()).expect(200);
        if (groupAdditions != null) {
            bob.rest.put("/users/me/settings", settings(groupAdditions)).expect(204);
        }
        expectAdded(stranger, bob, byStrangers);
        expectAdded(friend, bob, byContacts);
        // Joining an open group is the user's own decision.
        String open = stranger.startGroup(Map.of("joinable", true));
        bob.rest.put("/conversations/" + open + "/members/me", Map.of()).expect(200);

        friend.rest.delete("/users/me/contacts/" + bob.id).expect(204);
        expectAdded(friend, bob, byStrangers);
        Awaitility.await()
                .untilAsserted(() -> assertThat(bob.rest
                                .get("/users/me/settings")
                                .expect(200)
                                .path("groupAdditions")
                                .asString())
                        .isEqualTo(groupAdditions == null ? "everybody" : groupAdditions));
    }

    private static void expectAdded(TestUser by, TestUser whom, boolean expected) {
        String own = by.startGroup();
        ApiClient.Answer started =
                by.rest.post("/conversations", Map.of("kind", "group", "title", "Tea", "members", List.of(whom.id)));
        ApiClient.Answer added = by.rest.put("/conversations/" + own + "/members/" + whom.id, Map.of());
        if (expected) {
            started.expect(201);
            added.expect(200);
        } else {
            started.expectProblem(403, "addition-refused");
            added.expectProblem(403, "addition-refused");
        }
    }

    private static Map<String, Object> settings(String groupAdditions) {
        return new HashMap<>(Map.of(
                "contactRequests",
                "everybody",
                "groupAdditions",
                groupAdditions,
                "readReceipts",
                true,
                "notifications",
                true,
                "textInNotifications",
                true,
                "language",
                "en"));
    }
}
