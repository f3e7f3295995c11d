package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.search.FindHits;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.TextEnd;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.TestEngines;
import chat.parley.search.history.query.SearchComponents;
import chat.parley.search.history.query.SearchIndexFixture;
import chat.parley.search.history.query.SearchPlanner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingAllHitsTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final int ALL = 100;

    private final SearchIndexFixture archive = new SearchIndexFixture();
    private final SearchPlanner planner = SearchComponents.planner(archive);
    private final List<String> steps = new ArrayList<>();

    private HitQueries queries(SearchEngine engine, Runnable caughtUp) {
        return new HitQueries(
                engine,
                caughtUp,
                planner,
                SearchComponents.history(RealElasticsearch.shared().client(), planner, archive),
                2);
    }

    private List<FindHits.Hit> find(String query, int limit) {
        return queries(TestEngines.up(RealElasticsearch.shared().client()), () -> steps.add("caught up"))
                .handle(new FindHits(query, limit))
                .hits();
    }

    private static FindHits.Hit hit(String conversation, long position, UserId author) {
        return new FindHits.Hit(new ConversationId(conversation), position, author);
    }

    @Test
    void findsEveryMessageOnceInCurrentAndPastTexts() {
        MessageDocument edited = SearchIndexFixture.message("c2", 3, BOB, "a plan of rain");
        MessageDocument corrected = SearchIndexFixture.edited(edited, 5, "a plan of sun");
        MessageDocument retracted = SearchIndexFixture.message("c1", 4, ANN, "no plan");
        archive.write(
                SearchIndexFixture.message("c1", 2, ANN, "plan one"),
                SearchIndexFixture.message("c1", 3, ANN, "nothing"),
                SearchIndexFixture.past(edited, 5, TextEnd.EDITED),
                corrected,
                SearchIndexFixture.past(retracted, 6, TextEnd.RETRACTED),
                SearchIndexFixture.tombstone(retracted, 6),
                SearchIndexFixture.message("c1", 9, BOB, "plan two"));
        assertThat(find("plan", ALL))
                .containsExactly(hit("c1", 2, ANN), hit("c1", 4, ANN), hit("c1", 9, BOB), hit("c2", 3, BOB));
        assertThat(find("rain", ALL)).containsExactly(hit("c2", 3, BOB));
        assertThat(find("plan was:retracted", ALL)).containsExactly(hit("c1", 4, ANN));
        assertThat(find("from:me", ALL)).isEmpty();
    }

    @Test
    void includesWhatWasIndexedJustNow() {
        archive.writeUnseen(SearchIndexFixture.message("c1", 2, ANN, "plan"));
        assertThat(find("plan", ALL)).containsExactly(hit("c1", 2, ANN));
        assertThat(steps).containsExactly("caught up");
        assertThat(archive.openContexts()).isZero();
    }

    @Test
    void isRefusedBeyondTheLimitButNotAtIt() {
        archive.write(
                SearchIndexFixture.message("c1", 2, ANN, "plan"),
                SearchIndexFixture.message("c1", 3, ANN, "plan"),
                SearchIndexFixture.message("c1", 4, ANN, "plan"));
        assertThat(find("plan", 3)).hasSize(3);
        assertThatThrownBy(() -> find("plan", 2))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.LIMIT_EXCEEDED));
        assertThat(archive.openContexts()).isZero();
    }

    @Test
    void isRefusedWhileSearchIsOffAndWhileTheIndexIsBehind() {
        assertThatThrownBy(() -> queries(new SearchEngine(null), () -> {}).handle(new FindHits("plan", ALL)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.SEARCH_OFF));
        SearchEngine up = TestEngines.up(RealElasticsearch.shared().client());
        assertThatThrownBy(() -> queries(up, () -> {
                            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
                        })
                        .handle(new FindHits("plan", ALL)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.SEARCH_UNAVAILABLE));
    }
}
