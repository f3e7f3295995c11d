package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The monthly review of who accessed whose data. */
class ReviewingAccessesTest {
    private static final int MONTH_LENGTH = "2026-11".length();

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.everyRole(server);
    private final TestUser alice = server.newPerson();

    private static String audit(String path, String parameters) {
        return "/audit/" + path + "?reason=" + URLEncoder.encode("사건 18", UTF_8) + "&" + parameters;
    }

    private JsonNode newestEvent(String type) {
        ApiClient.Answer answer = auditor.rest.get(audit("events", "user=" + auditor.id + "&type=" + type));
        assertThat(answer.response().statusCode()).as(answer.response().body()).isEqualTo(200);
        return answer.response()
                .body()
                .lines()
                .map(ApiClient.JSON::readTree)
                .toList()
                .getLast();
    }

    private static String month(JsonNode event) {
        return event.get("time").asString().substring(0, MONTH_LENGTH);
    }

    private JsonNode reviewed(JsonNode event) {
        List<JsonNode> found = auditor.rest
                .get(audit("access-review", "month=" + month(event)))
                .expect(200)
                .valueStream()
                .filter(access -> access.get("index")
                        .asString()
                        .equals(event.get("globalindex").asString()))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void anAuditorsAccessHasItsRequestReasonAndAddress() {
        newestEvent("RoleGranted");
        JsonNode access = reviewed(newestEvent("HistoryAudited"));
        assertThat(access.get("kind").asString()).isEqualTo("audit");
        assertThat(access.get("by").asString()).isEqualTo(auditor.id);
        assertThat(access.get("action").asString()).isEqualTo("read-events");
        assertThat(access.get("person").asString()).isEqualTo(auditor.id);
        assertThat(access.get("request").asString()).startsWith("/api/v1/audit/events?reason=");
        assertThat(access.get("reason").asString()).isEqualTo("사건 18");
        assertThat(access.get("address").asString()).isNotBlank();
        assertThat(access.get("erased").asBoolean()).isFalse();
        assertThat(access.get("altered").asBoolean()).isFalse();
    }

    @Test
    void aRoleGrantHasWhoGrantedWhichRoleToWhom() {
        JsonNode granted = newestEvent("RoleGranted");
        JsonNode access = reviewed(granted);
        assertThat(access.get("kind").asString()).isEqualTo("role");
        assertThat(access.get("action").asString()).isEqualTo("granted");
        assertThat(access.get("person").asString()).isEqualTo(auditor.id);
        assertThat(access.get("role").asString()).isEqualTo("auditor");
        assertThat(access.get("by").asString())
                .isEqualTo(granted.get("data").get("by").asString());
    }

    @Test
    void aReviewIsAnAccessItself() {
        reviewed(newestEvent("RoleGranted"));
        // The review that lists the accesses is the newest of them.
        JsonNode month = auditor.rest
                .get(audit("access-review", "month=" + month(newestEvent("HistoryAudited"))))
                .expect(200);
        assertThat(month.valueStream()
                        .filter(access -> access.get("by").asString().equals(auditor.id))
                        .map(access -> access.get("action").asString()))
                .contains("review-access");
    }

    @Test
    void csvIsAskedForByParameterOrHeader() {
        JsonNode granted = newestEvent("RoleGranted");
        String path = audit("access-review", "month=" + month(granted));
        HttpResponse<String> byParameter =
                auditor.rest.get(path + "&format=csv").response();
        HttpResponse<String> byHeader = auditor.rest
                .send("GET", path, null, "application/json", "Accept", "text/csv")
                .response();
        for (HttpResponse<String> answer : List.of(byParameter, byHeader)) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
            assertThat(answer.body())
                    .startsWith("index,at,kind,by,action,")
                    .contains("\r\n" + granted.get("globalindex").asString() + ",");
        }
    }

    @Test
    void monthsWithoutEventsAreEmpty() {
        assertThat(auditor.rest.get(audit("access-review", "month=1999-02")).expect(200))
                .isEmpty();
        assertThat(auditor.rest
                        .get(audit("access-review", "month=9999-12&tz=Asia/Seoul"))
                        .expect(200))
                .isEmpty();
    }

    @Test
    void nobodyButAnAuditorWithAReasonReviews() {
        String path = audit("access-review", "month=2026-11");
        alice.rest.get(path).expectProblem(403, "forbidden");
        new ApiClient(server.port(), null).get(path).expectProblem(401, "unauthenticated");
        auditor.rest.get("/audit/access-review?month=2026-11").expectProblem(400, "reason-required");
        auditor.rest.get("/audit/access-review?month=2026-11&reason=%20").expectProblem(400, "reason-required");
    }

    @ParameterizedTest
    @CsvSource({
        "'', such as 2026-11",
        "month=2026-13, such as 2026-11",
        "month=2026-00, such as 2026-11",
        "month=November, such as 2026-11",
        "month=2026-11-29, such as 2026-11",
        "month=2026-11&tz=Mars/Olympus, such as Asia/Seoul",
        "month=2026-11&format=xml, 'json, csv'"
    })
    void aRefusalSaysWhatIsExpected(String parameters, String expected) {
        JsonNode problem = auditor.rest.get(audit("access-review", parameters)).expectProblem(400, "invalid-parameter");
        assertThat(problem.get("detail").asString()).contains(expected);
    }
}
