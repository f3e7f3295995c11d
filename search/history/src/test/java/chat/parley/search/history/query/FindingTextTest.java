package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FindingTextTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final String TALK = "talk";

    private static final List<String> TEXTS = List.of(
            "회의록을 공유했습니다. 확인 부탁드려요",
            "비급여 항목은 따로 계산합니다",
            "We deployed qwen3.6 and GPT-4o on k8s",
            "see https://example.com/docs/search?q=1 for more",
            "to be or not to be",
            "😀😀 🎉",
            "The harbour at noon, not at midnight",
            "midnight at the harbour",
            "<b>bold</b> & \"quoted\" lunch",
            "lunch ".repeat(1_000),
            "@ann have you seen error E-4711?",
            "사람은 많고 시간은 없다");

    private static final SearchIndexFixture archive = new SearchIndexFixture();
    private static final FakePermissionQueries people = new FakePermissionQueries()
            .knows(ANN, "Ann")
            .knows(BOB, "bob")
            .knows(new UserId("u-other"), "Bobby")
            .shows(ANN, TALK, Visibility.ALL)
            .shows(BOB, "years", Visibility.ALL);
    private static final SearchClientFixture search =
            new SearchClientFixture(archive, people, (analyst, use, query, reason, hits) -> {});

    /** The text at list index i is at position i + 2, a minute after the previous one. */
    @BeforeAll
    static void talk() {
        List<MessageDocument> talk = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            talk.add(SearchIndexFixture.message(TALK, i + 2, i % 2 == 0 ? BOB : ANN, TEXTS.get(i)));
        }
        talk.add(SearchIndexFixture.mentioning(TALK, 40, BOB, "look at this", ANN));
        talk.add(SearchIndexFixture.message("years", 2, BOB, "aeon"));
        talk.add(SearchIndexFixture.message("years", 700_000, BOB, "aeon"));
        archive.write(talk, Refresh.True);
    }

    @AfterAll
    static void clear() throws IOException {
        archive.delete();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "회의 | 2",
                "회의록 공유 | 2",
                "비급여 | 3",
                "급여 | 3",
                "qwen3.6 | 4",
                "GPT-4o | 4",
                "gpt-4o K8S | 4",
                "deploying | 4",
                "https://example.com/docs/search?q=1 | 5",
                "\"to be\" | 6",
                "or not | 6",
                "😀 | 7",
                "🎉 😀 | 7",
                "@ann E-4711 | 12",
                "시간 사람 | 13",
                "harbour -noon | 9",
                "\"harbour at noon\" | 8",
                "harbour -\"at midnight\" | 9",
                "has:link | 5",
                "mentions:me | 40",
                "mentions:@ann from:bob | 40",
                "harbour from:BOB | 8",
                "harbour from:u-ann | 9",
                "harbour -from:me | 8",
                "before:2026-11-20T00:03 | 2",
                "after:2026-11-20T00:13 | 40",
                "harbour on:2026-11-20 after:2026-11-20T00:08 | 9"
            })
    void findsTheMessage(String query, long position) throws Exception {
        assertThat(search.found(ANN, query)).containsExactly(TALK + ":" + position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "har*",
                "h?rbour",
                "/harb.*/",
                "text:harbour",
                "_exists_:text",
                "harbour AND xyzzy",
                "\"noon harbour\"",
                "harbour~2000",
                "before:2026-11-20",
                "after:2026-11-20",
                "on:2026-11-21",
                "has:link harbour"
            })
    void doesNotFindTheMessage(String query) throws Exception {
        assertThat(search.found(ANN, query)).isEmpty();
    }

    @Test
    void filtersBySenderAndTime() throws Exception {
        assertThat(search.ask(ANN, "q", "harbour", "sender", "u-ann").places()).containsExactly("talk:9");
        assertThat(search.ask(ANN, "from", "2026-11-20T00:12", "to", "2026-11-20T00:13")
                        .places())
                .containsExactly("talk:13", "talk:12");
        assertThat(search.ask(ANN, "conversation", TALK, "to", "2026-11-20", "tz", "Asia/Seoul")
                        .places())
                .hasSize(TEXTS.size() + 1);
    }

    @Test
    void highlightsTheMatchAndEscapesTheText() throws Exception {
        JsonNode hit = search.ask(ANN, "q", "bold lunch").hit();
        assertThat(hit.get("highlights"))
                .extracting(JsonNode::asString)
                .containsExactly(
                        "&lt;b&gt;<mark>bold</mark>&lt;&#x2F;b&gt; &amp; &quot;quoted&quot; <mark>lunch</mark>");
        assertThat(hit.get("text").asString()).isEqualTo(TEXTS.get(8));
        assertThat(hit.get("around").asString()).isEqualTo("/api/v1/conversations/talk/entries?around=10");
        assertThat(hit.propertyNames())
                .containsExactlyInAnyOrder("conversation", "position", "sender", "at", "text", "highlights", "around");
    }

    @Test
    void highlightsKorean() throws Exception {
        assertThat(search.ask(ANN, "q", "회의").hit().get("highlights").get(0).asString())
                .startsWith("<mark>회의");
    }

    @Test
    void truncatesALongTextAndHighlightsParts() throws Exception {
        JsonNode hit = search.ask(ANN, "q", "\"lunch lunch\"").hit();
        assertThat(hit.get("text").asString()).hasSize(2_000);
        assertThat(hit.get("truncated").asBoolean()).isTrue();
        assertThat(hit.get("highlights")).hasSizeBetween(1, 3);
        assertThat(hit.get("highlights"))
                .allSatisfy(part ->
                        assertThat(part.asString().replaceAll("</?mark>", "")).hasSizeLessThan(400));
    }

    @Test
    void facetsCountBySenderAndTime() throws Exception {
        JsonNode facets = search.ask(ANN, "conversation", TALK).body().get("facets");
        assertThat(facets.get("sender"))
                .extracting(count -> count.get("sender").asString() + " "
                        + count.get("count").asLong())
                .containsExactly("u-bob 7", "u-ann 6");
        assertThat(facets.get("interval").asString()).isEqualTo("minute");
        assertThat(facets.get("time")).hasSize(13);
        assertThat(facets.get("time").get(12).get("from").asString()).isEqualTo("2026-11-20T00:40:00Z");
        assertThat(search.ask(ANN, "q", "xyzzy").body().at("/facets/time")).isEmpty();
        assertThat(search.ask(ANN, "q", "harbour", "facets", "false").body().has("facets"))
                .isFalse();
    }

    @Test
    void facetsChooseTheIntervalInTheZoneOfTheRequest() throws Exception {
        JsonNode facets =
                search.ask(BOB, "q", "aeon", "tz", "Asia/Seoul").body().get("facets");
        assertThat(facets.get("interval").asString()).isEqualTo("week");
        assertThat(facets.get("time"))
                .extracting(count ->
                        count.get("from").asString() + " " + count.get("count").asLong())
                .containsExactly("2026-11-15T15:00:00Z 1", "2028-03-19T15:00:00Z 1");
    }

    @ParameterizedTest
    @CsvSource({"q,from:nobody,user-not-found,404", "q,mentions:@u-bob,user-not-found,404"})
    void anUnknownUserIsRefused(String parameter, String value, String code, int status) throws Exception {
        search.ask(ANN, parameter, value).isRefused(code, status);
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,101", "sort,best", "tz,Mars/Olympus", "from,yesterday", "to,1969-12-31", "scope,mine"
    })
    void parametersOutOfRangeAreRefused(String parameter, String value) throws Exception {
        search.ask(ANN, "q", "tea", parameter, value).isRefused("invalid-parameter", 400);
    }

    @Test
    void aQueryOrAFilterIsRequired() throws Exception {
        search.ask(ANN).isRefused("query-invalid", 400);
        search.ask(ANN, "q", " \u3000").isRefused("query-invalid", 400);
        search.ask(ANN, "q", "\u200b").isRefused("query-invalid", 400);
        search.ask(ANN, "q", "a".repeat(10_000)).isRefused("query-too-long", 400);
        search.ask(ANN, "conversation", "a/b").isRefused("invalid-id", 400);
    }

    /** One word of the highest length of a query, and a query of the highest number of terms. */
    @ParameterizedTest
    @ValueSource(strings = {"회의록비급여", "😀", "aéß", "*?", "a-", "(\\/[{^~"})
    void answersTheLargestQueries(String part) throws Exception {
        String word = part.repeat(998 / part.codePointCount(0, part.length()));
        search.ask(ANN, "q", word + " x").places();
        search.ask(ANN, "q", (part + "x ").repeat(32)).places();
    }
}
