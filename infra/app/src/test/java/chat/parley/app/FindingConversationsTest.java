package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An auditor finds a conversation without knowing its id. */
class FindingConversationsTest {
    private static final String PATH = "/audit/conversations?reason=case&";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();

    private JsonNode find(String parameters) {
        return auditor.rest.get(PATH + parameters).expect(200);
    }

    private List<String> ids(String parameters) {
        return find(parameters)
                .get("conversations")
                .valueStream()
                .map(found -> found.get("conversation").asString())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void rename(String group, String title) {
        alice.rest.patch("/conversations/" + group, Map.of("title", title)).expect(200, 204);
    }

    @Test
    void byMemberEvenIfTheyLeft() {
        String direct = alice.startDirect(bob);
        String group = alice.startGroup(bob);
        String other = alice.startGroup(server.newPerson());
        bob.rest.delete("/conversations/" + group + "/members/me").expect(200, 204);
        assertThat(ids("member=" + bob.id)).containsExactly(direct, group);
        assertThat(ids("member=" + alice.id)).containsExactly(direct, group, other);
        assertThat(ids("member=" + auditor.id)).isEmpty();
        JsonNode found = find("member=" + bob.id).get("conversations").get(1);
        assertThat(found.get("kind").asString()).isEqualTo("group");
        assertThat(found.get("startedBy").asString()).isEqualTo(alice.id);
        assertThat(found.get("people").valueStream().map(JsonNode::asString)).containsExactly(alice.id, bob.id);
    }

    @Test
    void byEveryTitleThatItEverHad() {
        String group = alice.startGroup(bob);
        String word = "계약-" + group;
        rename(group, "Vor der " + word + " Übergabe");
        rename(group, "later");
        assertThat(ids("title=" + encoded(word.toUpperCase(java.util.Locale.ROOT))))
                .containsExactly(group);
        assertThat(ids("title=" + encoded(word) + "&member=" + bob.id)).containsExactly(group);
        assertThat(ids("title=" + encoded(word) + "&member=" + auditor.id)).isEmpty();
        assertThat(ids("title=" + encoded(word + "x"))).isEmpty();
        JsonNode titles =
                find("title=" + encoded(word)).get("conversations").get(0).get("titles");
        assertThat(titles).hasSize(3);
        assertThat(titles.get(2).get("title").asString()).isEqualTo("later");
        assertThat(titles.get(2).get("position").asLong()).isEqualTo(3);
    }

    @Test
    void byTheTimeOfItsEntries() {
        String early = alice.startGroup(bob);
        String late = alice.startGroup(bob);
        JsonNode started = find("member=" + alice.id).get("conversations");
        String at = started.get(1).get("startedAt").asString();
        assertThat(ids("member=" + alice.id + "&to=" + at)).containsExactly(early);
        assertThat(ids("member=" + alice.id + "&from=" + at)).containsExactly(late);
        DirectConversationScenario.send(alice, early, "again");
        assertThat(ids("member=" + alice.id + "&from=" + at)).containsExactly(early, late);
        assertThat(ids("from=" + at)).contains(early, late);
        assertThat(ids("member=" + alice.id + "&from=2024-02-29T00:00:00%2B09:00&to=2024-02-29T23:59:59Z"))
                .isEmpty();
        assertThat(ids("from=2999-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void pagesFollowEachOther() {
        List<String> groups = List.of(alice.startGroup(bob), alice.startGroup(bob), alice.startGroup(bob));
        JsonNode first = find("limit=2&member=" + alice.id);
        assertThat(first.get("conversations")).hasSize(2);
        JsonNode second = find("limit=2&member=" + alice.id + "&after=" + first.get("next"));
        assertThat(second.get("conversations")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(second.at("/conversations/0/conversation").asString()).isEqualTo(groups.getLast());
    }

    @Test
    void onlyAuditorsWithAReasonAndTheAccessIsRecorded() {
        alice.rest.get(PATH + "member=" + alice.id).expectProblem(403, "forbidden");
        auditor.rest.get("/audit/conversations?member=" + alice.id).expectProblem(400, "reason-required");
        for (String wrong : List.of(
                "title=",
                "title=" + "x".repeat(201),
                "limit=0",
                "limit=201",
                "after=-2",
                "from=yesterday",
                "from=2026-11-30T00:00:00Z&to=2026-11-29T00:00:00Z",
                "from=2025-02-29T00:00:00Z")) {
            auditor.rest.get(PATH + wrong).expectProblem(400, "invalid-parameter");
        }
        auditor.rest.get(PATH + "member=%20").expectProblem(400, "invalid-id");
        int before = accesses();
        find("member=" + alice.id);
        // The second reading of the accesses is one too.
        assertThat(accesses()).isEqualTo(before + 2);
    }

    private int accesses() {
        String recorded = auditor.rest
                .get("/audit/events?reason=case&type=HistoryAudited&user=" + auditor.id)
                .response()
                .body();
        return (int) recorded.lines().count();
    }
}
