package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.search.SearchUse;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.TextEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SearchingTheWholeHistoryTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final List<SystemRole> ANALYST = List.of(SystemRole.ANALYST);
    private static final List<SystemRole> INVESTIGATOR = List.of(SystemRole.INVESTIGATOR);

    private static final SearchIndexFixture archive = new SearchIndexFixture();
    private static final List<String> recorded = new ArrayList<>();
    private static final SearchClientFixture search = new SearchClientFixture(
            archive,
            new FakePermissionQueries().shows(ANN, "own", Visibility.ALL),
            SearchingTheWholeHistoryTest::record);

    private static final MessageDocument SENT = SearchIndexFixture.message("foreign", 10, BOB, "a plan of rain");
    private static final MessageDocument EDITED = SearchIndexFixture.edited(SENT, 20, "a plan of sun");

    private static void record(UserId analyst, SearchUse use, String query, String reason, long hits) {
        if (query.contains("unrecordable")) {
            throw new Refused(Refusal.RETRY_LATER);
        }
        recorded.add(analyst + " " + use + " " + query + " " + hits);
    }

    @BeforeAll
    static void talk() {
        archive.write(
                SearchIndexFixture.message("own", 2, BOB, "rain today"),
                SearchIndexFixture.message("foreign", 3, BOB, "rain tomorrow"),
                SearchIndexFixture.message("foreign", 4, BOB, "rain unrecordable"),
                SENT);
        archive.write(EDITED, SearchIndexFixture.past(SENT, 20, TextEnd.EDITED));
        archive.write(SearchIndexFixture.tombstone(EDITED, 30), SearchIndexFixture.past(EDITED, 30, TextEnd.RETRACTED));
    }

    @BeforeEach
    void nothingIsRecordedYet() {
        recorded.clear();
    }

    @AfterAll
    static void clear() throws IOException {
        archive.delete();
    }

    @Test
    void analystsFindAllCurrentTextsAndEachPageIsRecorded() throws Exception {
        String[] question = {"q", "rain", "limit", "2", "sort", "oldest", "sender", "u-bob"};
        SearchClientFixture.Answer first = search.ask(ANN, ANALYST, question);
        assertThat(first.places()).containsExactly("own:2", "foreign:3");
        assertThat(recorded).containsExactly("u-ann SEARCH rain sender=u-bob 3");
        assertThat(search.ask(ANN, ANALYST, first.onward(question)).places()).containsExactly("foreign:4");
        assertThat(recorded).hasSize(2);
    }

    @Test
    void inTheirOwnScopeAnalystsAreNotRecorded() throws Exception {
        assertThat(search.ask(ANN, ANALYST, "q", "rain", "scope", "own").places())
                .containsExactly("own:2");
        search.ask(ANN, ANALYST, "q", "rain in:foreign", "scope", "own").isRefused("not-a-member", 403);
        assertThat(recorded).isEmpty();
    }

    @Test
    void anUnrecordedSearchShowsNoResult() throws Exception {
        search.ask(ANN, ANALYST, "q", "unrecordable").isRefused("retry-later", 503);
    }

    @Test
    void onlyInvestigatorsSearchThePast() throws Exception {
        for (String past : List.of("was:edited", "was:retracted", "as-of:2026-11-20")) {
            search.ask(ANN, ANALYST, "q", past).isRefused("forbidden", 403);
            search.ask(ANN, INVESTIGATOR, "q", past, "scope", "own").isRefused("forbidden", 403);
        }
        assertThat(recorded).isEmpty();
    }

    @Test
    void editedAndRetractedTextsAreFound() throws Exception {
        JsonNode edited = search.ask(ANN, INVESTIGATOR, "q", "plan was:edited").hit();
        assertThat(edited.get("text").asString()).isEqualTo("a plan of rain");
        assertThat(edited.get("version").asLong()).isEqualTo(10);
        assertThat(edited.get("since").asString())
                .isEqualTo(SearchIndexFixture.at(10).toString());
        assertThat(edited.get("until").asString())
                .isEqualTo(SearchIndexFixture.at(20).toString());
        assertThat(edited.get("end").asString()).isEqualTo("edited");
        assertThat(search.ask(ANN, INVESTIGATOR, "q", "plan was:retracted")
                        .hit()
                        .get("text")
                        .asString())
                .isEqualTo("a plan of sun");
        assertThat(search.ask(ANN, INVESTIGATOR, "q", "plan was:edited was:retracted")
                        .places())
                .hasSize(2);
        assertThat(recorded)
                .containsExactly(
                        "u-ann PAST plan was:edited 1",
                        "u-ann PAST plan was:retracted 1",
                        "u-ann PAST plan was:edited was:retracted 2");
    }

    @Test
    void asOfFindsTheTextsOfThatMoment() throws Exception {
        assertThat(textsAsOf("2026-11-20T00:09")).isEmpty();
        assertThat(textsAsOf("2026-11-20T00:10")).containsExactly("a plan of rain");
        assertThat(textsAsOf("2026-11-20T00:19:59.999")).containsExactly("a plan of rain");
        assertThat(textsAsOf("2026-11-20T00:20")).containsExactly("a plan of sun");
        assertThat(textsAsOf("2026-11-20T00:30")).isEmpty();
        assertThat(textsAsOf("2026-11-20")).isEmpty();
    }

    private static List<String> textsAsOf(String moment) throws Exception {
        return search.ask(ANN, INVESTIGATOR, "q", "plan as-of:" + moment)
                .hits()
                .map(hit -> hit.get("text").asString())
                .toList();
    }

    @Test
    void textsRetractedMeanwhileAreStillShown() throws Exception {
        MessageDocument first = SearchIndexFixture.message("foreign", 50, BOB, "an elusive word");
        MessageDocument second = SearchIndexFixture.message("foreign", 51, BOB, "an elusive word");
        archive.write(first, second);
        String[] question = {"q", "elusive as-of:2026-11-20", "limit", "1", "sort", "oldest"};
        SearchClientFixture.Answer page = search.ask(ANN, INVESTIGATOR, question);
        archive.writeUnseen(
                SearchIndexFixture.tombstone(second, 52), SearchIndexFixture.past(second, 52, TextEnd.RETRACTED));
        assertThat(search.ask(ANN, INVESTIGATOR, page.onward(question))
                        .hit()
                        .get("end")
                        .asString())
                .isEqualTo("retracted");
    }
}
