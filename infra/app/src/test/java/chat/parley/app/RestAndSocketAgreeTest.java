package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import tools.jackson.databind.JsonNode;

/** REST, sync, both ways to resume and the inbox show a user the same entries: those that the user may see. */
class RestAndSocketAgreeTest {
    private static final int STEPS = 45;

    private final ParleyServer server = ParleyServer.shared();
    private final List<TestUser> people = List.of(server.newPerson(), server.newPerson(), server.newPerson());

    /** No shrinking: the server keeps its state, so a smaller history would be a different one. */
    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void onTheEntriesOfEveryUser(@ForAll long seed) {
        // The cursor of a user outside the conversation, which marks the index before it.
        String cursor =
                people.getFirst().rest.get("/sync").expect(200).path("cursor").asString();
        Random random = new Random(seed);
        RandomGroupScenario talk = new RandomGroupScenario(people, random);
        for (int step = 0; step < STEPS; step++) {
            talk.step(random);
        }
        talk.awaitReadable();
        for (TestUser person : people) {
            checkEntries(talk, person);
            checkWhatWasMissed(talk, person, cursor);
            checkInbox(talk, person);
        }
    }

    private static List<Map<String, Object>> of(RandomGroupScenario talk, List<JsonNode> entries) {
        return entries.stream()
                .filter(entry -> entry.path("conversation").asString().equals(talk.id))
                .map(RandomGroupScenario::parts)
                .toList();
    }

    private static List<Map<String, Object>> of(RandomGroupScenario talk, JsonNode answer) {
        return of(talk, answer.path("entries").valueStream().toList());
    }

    private void checkEntries(RandomGroupScenario talk, TestUser person) {
        ApiClient.Answer entries = person.rest.get(talk.path() + "/entries?limit=200");
        if (talk.sees(person)) {
            assertThat(of(talk, entries.expect(200)))
                    .as("entries of %s", person.id)
                    .isEqualTo(talk.entries(person));
        } else {
            entries.expectProblem(403, "not-a-member");
        }
    }

    private void checkWhatWasMissed(RandomGroupScenario talk, TestUser person, String cursor) {
        assertThat(of(talk, person.rest.get("/sync?cursor=" + cursor).expect(200)))
                .as("by sync, %s", person.id)
                .isEqualTo(talk.entries(person));
        try (SocketClient lately = person.resume(cursor)) {
            assertThat(of(talk, lately.entriesUntilCaughtUp()))
                    .as("by cursor, %s", person.id)
                    .isEqualTo(talk.entries(person));
        }
        try (SocketClient longAgo = person.open()) {
            longAgo.send(person.hello(Map.of("positions", Map.of(talk.id, 0))));
            longAgo.await("welcome");
            assertThat(of(talk, longAgo.entriesUntilCaughtUp()))
                    .as("by position, %s", person.id)
                    .isEqualTo(talk.entries(person));
        }
    }

    private void checkInbox(RandomGroupScenario talk, TestUser person) {
        List<JsonNode> items = person.rest
                .get("/inbox?limit=200")
                .expect(200)
                .path("conversations")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(talk.id))
                .toList();
        assertThat(items).hasSize(talk.sees(person) ? 1 : 0);
        for (JsonNode item : items) {
            List<Map<String, Object>> messages = talk.messages(person);
            List<Map<String, Object>> unread = talk.unread(person);
            assertThat(item.path("head").asLong()).isEqualTo(talk.head(person));
            assertThat(item.has("last")).isEqualTo(!messages.isEmpty());
            if (!messages.isEmpty()) {
                assertThat(RandomGroupScenario.parts(item.path("last"))).isEqualTo(messages.getLast());
            }
            assertThat(item.path("unread").asInt()).as("unread").isEqualTo(unread.size());
            assertThat(item.path("mentions").asLong())
                    .as("mentions")
                    .isEqualTo(unread.stream()
                            .filter(entry -> entry.get("mentions") instanceof List<?> some && some.contains(person.id))
                            .count());
            assertThat(item.path("title").asString()).isEqualTo(talk.title(person));
        }
    }
}
