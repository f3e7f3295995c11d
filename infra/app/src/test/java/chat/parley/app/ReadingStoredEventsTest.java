package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The stored events, as auditors read them. */
class ReadingStoredEventsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.everyRole(server);
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final String talk = alice.startDirect(bob);

    private static String events(String parameters) {
        return "/audit/events?reason=" + URLEncoder.encode("사건 17", UTF_8) + "&" + parameters;
    }

    private List<JsonNode> read(String parameters) {
        ApiClient.Answer answer = auditor.rest.get(events(parameters));
        assertThat(answer.response().statusCode()).as(answer.response().body()).isEqualTo(200);
        return answer.response().body().lines().map(ApiClient.JSON::readTree).toList();
    }

    private static long index(JsonNode event) {
        return Long.parseLong(event.get("globalindex").asString());
    }

    @Test
    void aConversationsEventsAreCloudEvents() {
        DirectConversationScenario.send(alice, talk, "비밀 이야기");
        List<JsonNode> found = read("conversation=" + talk + "&type=MessageSent");
        assertThat(found).hasSize(1);
        JsonNode event = found.getFirst();
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).endsWith("MessageSent");
        assertThat(event.get("subject").asString()).isEqualTo(talk);
        assertThat(event.get("sequence").asString()).isEqualTo("1");
        assertThat(event.get("payloadsha256").asString()).hasSize(64);
        assertThat(event.get("data").get("by").asString()).isEqualTo(alice.id);
        assertThat(event.toString()).doesNotContain("비밀");
    }

    @Test
    void aBrokenAnswerIsContinuedByIndex() {
        DirectConversationScenario.send(alice, talk, "one");
        DirectConversationScenario.send(bob, talk, "two");
        List<JsonNode> all = read("conversation=" + talk);
        long cut = index(all.get(1));
        assertThat(read("conversation=" + talk + "&after=" + cut))
                .startsWith(all.subList(2, all.size()).toArray(JsonNode[]::new));
    }

    @Test
    void theWholeHistoryIsReadWithoutGaps() {
        List<Long> indexes =
                read("").stream().map(ReadingStoredEventsTest::index).toList();
        assertThat(indexes)
                .containsExactlyElementsOf(
                        LongStream.range(0, indexes.size()).boxed().toList());
    }

    @Test
    void eventsOfAPersonAndOfPositionsAreFound() {
        DirectConversationScenario.send(alice, talk, "one");
        DirectConversationScenario.send(bob, talk, "two");
        Set<String> subjects = read("user=" + bob.id + "&type=MessageSent").stream()
                .map(event -> event.get("subject").asString())
                .collect(Collectors.toSet());
        assertThat(subjects).containsExactly(talk);
        assertThat(read("conversation=" + talk + "&fromPosition=2&toPosition=2"))
                .hasSize(1);
        assertThat(read("conversation=" + talk + "&from=2030-01-01T00:00:00Z")).isEmpty();
        assertThat(read("conversation=" + talk + "&to=2020-02-29T00:00:00%2B09:00"))
                .isEmpty();
    }

    @Test
    void eachAccessIsAnEventBeforeAnythingIsShown() {
        long accesses = read("user=" + auditor.id + "&type=HistoryAudited").size();
        assertThat(read("user=" + auditor.id + "&type=HistoryAudited").size()).isGreaterThan((int) accesses);
    }

    @Test
    void nobodyButAnAuditorWithAReasonReads() {
        alice.rest.get(events("")).expectProblem(403, "forbidden");
        new ApiClient(server.port(), null).get(events("")).expectProblem(401, "unauthenticated");
        auditor.rest.get("/audit/events").expectProblem(400, "reason-required");
        auditor.rest.get("/audit/events?reason=%20").expectProblem(400, "reason-required");
        auditor.rest.get("/audit/events?reason=a%0Ab").expectProblem(400, "reason-required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=-2",
                "after=99999999999",
                "through=99999999999",
                "through=-1",
                "after=5&through=4",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=2026-01-01",
                "from=2026-01-01T00:00:00",
                "from=2025-02-29T00:00:00Z",
                "to=2026-01-01T25:00:00Z",
                "fromPosition=0",
                "fromPosition=9&toPosition=8",
                "conversation=a/b",
                "user=%20",
                "after=x"
            })
    void rangesOfNothingAreRefused(String parameters) {
        ApiClient.Answer answer = auditor.rest.get(events(parameters));
        assertThat(answer.response().statusCode()).as(answer.response().body()).isEqualTo(400);
    }
}
