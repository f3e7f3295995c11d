package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.search.history.query.SearchIndexFixture;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CountingOverTimeTest extends AnalystServerTest {
    private static final UserId ZOE = new UserId("u-zoe");
    /** One position per minute. */
    private static final long DAY = 24 * 60;

    private void talkOnThreeDaysOfFour() {
        archive.write(
                SearchIndexFixture.message(conversation, 1, BEN, "tea and coffee"),
                SearchIndexFixture.message(conversation, 2, ZOE, "tea"),
                SearchIndexFixture.message(conversation, DAY + 1, BEN, "teas"),
                SearchIndexFixture.message(conversation, 3 * DAY + 1, BEN, "coffee"),
                SearchIndexFixture.tombstone(SearchIndexFixture.message(conversation, 4, BEN, "tea"), 5));
    }

    private static String terms(String terms) {
        return "&terms=" + URLEncoder.encode(terms, StandardCharsets.UTF_8);
    }

    private String path(String more) {
        return "/statistics?conversation=" + conversation + more;
    }

    @Test
    void countsByIntervalAndSenderWithoutGaps() throws Exception {
        talkOnThreeDaysOfFour();
        JsonNode counted = answer(ANALYST, path("&interval=day" + terms("tea,\"tea and\"")))
                .is(200)
                .body();
        assertThat(counted.path("total").asLong()).isEqualTo(4);
        assertThat(counted.path("interval").asString()).isEqualTo("day");
        assertThat(counted.path("intervals"))
                .extracting(part ->
                        part.path("from").asString() + " " + part.path("count").asLong())
                .containsExactly(
                        SearchIndexFixture.START + " 2",
                        SearchIndexFixture.at(DAY) + " 1",
                        SearchIndexFixture.at(2 * DAY) + " 0",
                        SearchIndexFixture.at(3 * DAY) + " 1");
        assertThat(counted.path("terms"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"term\":\"tea\",\"total\":3,\"counts\":[2,1,0,0]}",
                        "{\"term\":\"\\\"tea and\\\"\",\"total\":1,\"counts\":[1,0,0,0]}");
        assertThat(counted.path("senders"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"sender\":\"u-ben\",\"total\":3,\"counts\":[1,1,0,1]}",
                        "{\"sender\":\"u-zoe\",\"total\":1,\"counts\":[1,0,0,0]}");
        assertThat(journal.recorded())
                .containsExactly("u-ann STATISTICS conversation=" + conversation + " terms=tea,\"tea and\" 4");
    }

    @Test
    void daysBeginInTheZoneOfTheRequest() throws Exception {
        talkOnThreeDaysOfFour();
        JsonNode counted = answer(ANALYST, path("&interval=day&tz=America/New_York"))
                .is(200)
                .body();
        assertThat(counted.path("intervals").get(0).path("from").asString()).isEqualTo("2026-11-19T05:00:00Z");
    }

    @Test
    void choosesAnIntervalForTheTimeSpan() throws Exception {
        talkOnThreeDaysOfFour();
        JsonNode counted = answer(ANALYST, path("&to=2026-11-20")).is(200).body();
        assertThat(counted.path("interval").asString()).isEqualTo("minute");
        assertThat(counted.path("total").asLong()).isEqualTo(2);
    }

    @Test
    void withoutHitsIsEmpty() throws Exception {
        JsonNode counted =
                answer(ANALYST, path("&interval=month" + terms("tea"))).is(200).body();
        assertThat(counted)
                .hasToString("{\"total\":0,\"interval\":\"month\",\"intervals\":[],"
                        + "\"terms\":[{\"term\":\"tea\",\"total\":0,\"counts\":[]}],\"senders\":[]}");
    }

    @Test
    void isBounded() throws Exception {
        talkOnThreeDaysOfFour();
        answer(ANALYST, path("&interval=minute")).isRefused(Refusal.INVALID_PARAMETER);
        answer(ANALYST, path("&interval=century")).isRefused(Refusal.INVALID_PARAMETER);
        answer(ANALYST, path(terms("a,b,c,d,e,f,g,h,i,j,k"))).isRefused(Refusal.INVALID_PARAMETER);
        answer(ANALYST, path(terms("a".repeat(1_001)))).isRefused(Refusal.QUERY_TOO_LONG);
        assertThat(journal.recorded()).isEmpty();
    }

    @Test
    void isOnlyForAnalystsAndRecordedFirst() throws Exception {
        talkOnThreeDaysOfFour();
        answer(MEMBER, path("")).isRefused(Refusal.FORBIDDEN);
        answer(ANALYST, path("&reason=")).isRefused(Refusal.REASON_REQUIRED);
        journal.meanwhile(() -> {
            throw new Refused(Refusal.RETRY_LATER);
        });
        HttpResponse<String> response = ask(ANALYST, path(""));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"retry-later\"").doesNotContain("total", "intervals");
    }
}
