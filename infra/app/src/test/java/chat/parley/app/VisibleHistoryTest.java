package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bob joins, leaves and joins a group again. Every way of reading shows him the same entries. */
class VisibleHistoryTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();

    @Test
    void beginsAtTheJoiningByDefault() {
        String before = cursor(bob);
        try (SocketClient live = bob.connect()) {
            String group = group("since-joined");
            DirectConversationScenario.send(alice, group, "2: before bob");
            notAMember(group);
            add(group);
            DirectConversationScenario.send(alice, group, "4: with bob");
            remove(group);
            expectEverywhere(group, before, List.of(3L, 4L, 5L));
            DirectConversationScenario.send(alice, group, "6: without bob");
            expectEverywhere(group, before, List.of(3L, 4L, 5L));
            assertThat(inbox(group).path("unread").asLong()).isEqualTo(1);
            add(group);
            DirectConversationScenario.send(alice, group, "8: with bob again");

            List<Long> visible = List.of(3L, 4L, 5L, 7L, 8L);
            expectEverywhere(group, before, visible);
            assertThat(inbox(group).path("unread").asLong()).isEqualTo(2);
            assertThat(positions(group, "after=2")).isEqualTo(visible);
            assertThat(positions(group, "after=4")).containsExactly(5L, 7L, 8L);
            assertThat(positions(group, "after=5")).containsExactly(7L, 8L);
            assertThat(positions(group, "before=7")).containsExactly(3L, 4L, 5L);
            assertThat(positions(group, "before=8&limit=2")).containsExactly(5L, 7L);
            assertThat(positions(group, "before=3")).isEmpty();
            assertThat(positions(group, "around=6&limit=2")).containsExactly(5L, 7L);
            assertThat(positions(group, "around=2&limit=2")).containsExactly(3L, 4L);
            assertThat(positionsOf(
                            visible.stream().map(_ -> live.await("entry")).toList()))
                    .isEqualTo(visible);
        }
    }

    @Test
    void beginsAtTheStartWithAllHistory() {
        String before = cursor(bob);
        try (SocketClient live = bob.connect()) {
            String group = group("all");
            DirectConversationScenario.send(alice, group, "2: before bob");
            notAMember(group);
            add(group);
            DirectConversationScenario.send(alice, group, "4: with bob");
            expectEverywhere(group, before, LongStream.rangeClosed(1, 4).boxed().toList());
            remove(group);
            DirectConversationScenario.send(alice, group, "6: without bob");
            expectEverywhere(group, before, LongStream.rangeClosed(1, 5).boxed().toList());
            add(group);
            DirectConversationScenario.send(alice, group, "8: with bob again");

            expectEverywhere(group, before, LongStream.rangeClosed(1, 8).boxed().toList());
            assertThat(positions(group, "around=6&limit=3")).containsExactly(5L, 6L, 7L);
            // Live frames cover the time of his membership; the rest he reads from the history.
            assertThat(positionsOf(List.of(3, 4, 5, 7, 8).stream()
                            .map(_ -> live.await("entry"))
                            .toList()))
                    .containsExactly(3L, 4L, 5L, 7L, 8L);
        }
    }

    /** Entries, sync, both ways to resume, and the inbox agree. */
    private void expectEverywhere(String group, String cursor, List<Long> visible) {
        long head = visible.getLast();
        JsonNode answer = DirectConversationScenario.answerThrough(bob, group, head);
        assertThat(positionsOf(answer.path("entries").valueStream().toList())).isEqualTo(visible);
        assertThat(answer.path("head").asLong()).isEqualTo(head);
        assertThat(positionsOf(bob.rest
                        .get("/sync?cursor=" + cursor)
                        .expect(200)
                        .path("entries")
                        .valueStream()
                        .toList()))
                .isEqualTo(visible);
        TestUser elsewhere = bob.onDevice("another");
        try (SocketClient byCursor = elsewhere.resume(cursor)) {
            assertThat(positionsOf(byCursor.entriesUntilCaughtUp())).isEqualTo(visible);
        }
        try (SocketClient byPosition = elsewhere.open()) {
            byPosition.send(elsewhere.hello(Map.of("positions", Map.of(group, 0))));
            byPosition.await("welcome");
            assertThat(positionsOf(byPosition.entriesUntilCaughtUp())).isEqualTo(visible);
        }
        try (SocketClient ahead = elsewhere.open()) {
            ahead.send(elsewhere.hello(Map.of("positions", Map.of(group, Long.MAX_VALUE))));
            ahead.await("welcome");
            assertThat(ahead.entriesUntilCaughtUp()).isEmpty();
        }
        JsonNode item = inbox(group);
        assertThat(item.path("head").asLong()).isEqualTo(head);
        assertThat(item.path("last"))
                .isEqualTo(answer.path("entries")
                        .valueStream()
                        .filter(entry -> entry.path("kind").asString().equals("message"))
                        .reduce((one, other) -> other)
                        .orElseThrow());
    }

    private void notAMember(String group) {
        bob.rest.get("/conversations/" + group + "/entries").expectProblem(403, "not-a-member");
        bob.rest.get("/conversations/" + group + "/entries?minPosition=2").expectProblem(403, "not-a-member");
        assertThat(bob.rest.get("/inbox").expect(200).path("conversations")).isEmpty();
    }

    private JsonNode inbox(String group) {
        return bob.rest
                .get("/inbox")
                .expect(200)
                .path("conversations")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> positions(String group, String query) {
        return positionsOf(bob.rest
                .get("/conversations/" + group + "/entries?" + query)
                .expect(200)
                .path("entries")
                .valueStream()
                .toList());
    }

    private static List<Long> positionsOf(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("position").asLong()).toList();
    }

    private static String cursor(TestUser person) {
        return person.rest.get("/sync").expect(200).path("cursor").asString();
    }

    private String group(String history) {
        return alice.startGroup(Map.of("history", history));
    }

    private void add(String group) {
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of())
                .expect(200);
    }

    private void remove(String group) {
        alice.rest.delete("/conversations/" + group + "/members/" + bob.id).expect(200);
    }
}
