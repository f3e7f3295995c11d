package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A conversation as it stood, as auditors read it. */
class PastConversationsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.everyRole(server);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final String group = alice.startGroup(bob);

    private String path(String parameters) {
        return "/audit/conversations/" + group + "?reason=case&" + parameters;
    }

    private JsonNode at(Object moment) {
        return auditor.rest.get(path("at=" + moment)).expect(200);
    }

    private static List<String> texts(JsonNode conversation) {
        return conversation
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("kind").asString().equals("message"))
                .map(entry -> entry.path("text").asString())
                .toList();
    }

    private void edit(long position, String text) {
        alice.rest
                .put("/conversations/" + group + "/messages/" + position, Map.of("text", text))
                .expect(200, 201, 204);
    }

    @Test
    void everyMessageReadsAsItDidAtThatMoment() {
        long first = DirectConversationScenario.send(alice, group, "계약은 금요일");
        edit(first, "계약은 월요일");
        long edited = first + 1;
        alice.rest.delete("/conversations/" + group + "/messages/" + first).expect(200, 201, 204);
        assertThat(texts(at(first))).containsExactly("계약은 금요일");
        assertThat(texts(at(edited))).containsExactly("계약은 월요일");
        assertThat(at(edited + 1).get("entries").toString()).doesNotContain("계약은");
        assertThat(at(edited).get("position").asLong()).isEqualTo(edited);
    }

    @Test
    void membersAndTitleAreThoseOfThatMoment() {
        long before = DirectConversationScenario.send(alice, group, "with bob");
        bob.rest.delete("/conversations/" + group + "/members/me").expect(200, 204);
        alice.rest
                .patch("/conversations/" + group, Map.of("title", "Without Bob"))
                .expect(200, 204);
        assertThat(at(before).get("members")).hasSize(2);
        assertThat(at(before).get("title").asString()).isEqualTo("A group");
        JsonNode then = at(before);
        assertThat(List.of(then.get("kind").asString(), then.get("history").asString()))
                .as("in the letters of all other answers")
                .containsExactly("group", "since-joined");
        assertThat(then.get("members")
                        .valueStream()
                        .map(member -> member.get("role").asString()))
                .containsExactlyInAnyOrder("owner", "member");
        JsonNode now = auditor.rest.get(path("")).expect(200);
        assertThat(now.get("members")).hasSize(1);
        assertThat(now.get("title").asString()).isEqualTo("Without Bob");
        JsonNode difference = auditor.rest
                .get("/audit/conversations/" + group + "/diff?reason=case&from=" + before)
                .expect(200);
        assertThat(difference.get("left").get(0).asString()).isEqualTo(bob.id);
        assertThat(difference.get("from").get("title").asString()).isEqualTo("A group");
        assertThat(difference.get("entries")).hasSize(2);
    }

    @Test
    void timeAndPositionMeanTheSame() {
        long position = DirectConversationScenario.send(alice, group, "now");
        JsonNode byPosition = at(position);
        JsonNode byTime = at(byPosition.get("at").asString());
        assertThat(byTime.get("position").asLong()).isGreaterThanOrEqualTo(position);
        auditor.rest.get(path("at=2020-01-01T00:00:00Z")).expectProblem(404, "position-not-found");
    }

    @Test
    void whoCouldReadAMessageAndWhoDid() {
        long position = DirectConversationScenario.send(alice, group, "secret plan");
        TestUser carol = server.newPerson();
        alice.rest
                .put("/conversations/" + group + "/members/" + carol.id, Map.of())
                .expect(200, 201, 204);
        DirectConversationScenario.send(bob, group, "I have read it");
        JsonNode access = auditor.rest
                .get("/audit/conversations/" + group + "/entries/" + position + "/access?reason=case")
                .expect(200);
        assertThat(access.get("versions").get(0).get("text").asString()).isEqualTo("secret plan");
        assertThat(access.get("readers")
                        .valueStream()
                        .map(reader -> reader.get("user").asString())
                        .toList())
                .containsExactlyInAnyOrder(alice.id, bob.id);
        assertThat(access.get("readers").valueStream().allMatch(reader -> reader.hasNonNull("read")))
                .isTrue();
        JsonNode accesses = access.get("accesses");
        assertThat(accesses.get(accesses.size() - 1).get("by").asString()).isEqualTo(auditor.id);
        assertThat(accesses.get(accesses.size() - 1).get("action").asString()).isEqualTo("read-message-access");
    }

    @Test
    void onlyAuditorsWithAReasonTravel() {
        alice.rest.get(path("")).expectProblem(403, "forbidden");
        auditor.rest.get("/audit/conversations/" + group).expectProblem(400, "reason-required");
        auditor.rest.get("/audit/conversations/nowhere?reason=case").expectProblem(404, "conversation-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at=0",
                "at=-1",
                "at=yesterday",
                "at=2026-02-30T00:00:00Z",
                "at=2026-01-01T00:00:00",
                "at=%2B999999999-01-01T00:00:00Z",
                "limit=0",
                "limit=201",
                "after=1&before=3",
                "after=-1"
            })
    void momentsThatAreNoneAreRefused(String parameters) {
        auditor.rest.get(path(parameters)).expectProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "from=2&to=1", "from=1&to=2020-01-01T00:00:00Z", "from=0", "from=1&limit=201"})
    void changesBetweenMomentsThatAreNoneAreRefused(String parameters) {
        DirectConversationScenario.send(alice, group, "two");
        auditor.rest
                .get("/audit/conversations/" + group + "/diff?reason=case&" + parameters)
                .expectProblem(400, "invalid-parameter");
    }

    @Test
    void aMomentBeyondTheHeadIsNotFound() {
        auditor.rest.get(path("at=99999")).expectProblem(404, "position-not-found");
        auditor.rest
                .get("/audit/conversations/" + group + "/diff?reason=case&from=1&to=99999")
                .expectProblem(404, "position-not-found");
        auditor.rest
                .get("/audit/conversations/" + group + "/entries/1/access?reason=case")
                .expectProblem(409, "not-a-message");
    }
}
