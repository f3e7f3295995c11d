package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.search.SearchUse;
import chat.parley.api.text.TextRules;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import java.util.Objects;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchLogTest {
    private static final UserId ANN = new UserId("ann");
    private static final SearchLogId LOG = new SearchLogId(ANN);
    private static final Instant AT = MutableClock.START;

    private final AggregateTestFixture<SearchLog> fixture = new AggregateTestFixture<>(SearchLog.class);
    private final TextProtection protection = new FakeTextProtection();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(MutableClock.betweenMilliseconds());
        fixture.registerInjectableResource(protection);
    }

    @Test
    void recordsUserQueryTimeAndNumberOfHits() {
        fixture.givenNoPriorActivity()
                .when(new RecordSearch(LOG, SearchUse.PAST, "급여 was:edited", "case 18", 42))
                .expectEventsMatching(only(HistorySearched.class, searched -> isOfAnn(searched, AT, "급여 was:edited")));
    }

    private void isOfAnn(HistorySearched searched, Instant at, String query) {
        assertThat(searched)
                .isEqualTo(new HistorySearched(ANN, SearchUse.PAST, searched.query(), searched.reason(), 42, at));
        assertThat(protection.reveal(searched.query(), TextProtection.searchContext(ANN, at)))
                .contains(query);
        assertThat(protection.reveal(
                        Objects.requireNonNull(searched.reason()), TextProtection.searchReasonContext(ANN, at)))
                .contains("case 18");
    }

    @Test
    void aSearchWithoutAReasonIsRefused() {
        fixture.givenNoPriorActivity()
                .when(new RecordSearch(LOG, SearchUse.SEARCH, "tea", " ", 1))
                .expectException(refusal(Refusal.REASON_REQUIRED));
    }

    @Test
    void aRepeatedSearchIsRecordedAgain() {
        fixture.given(searched(AT))
                .when(new RecordSearch(LOG, SearchUse.PAST, "", "case 18", 42))
                .expectEventsMatching(only(HistorySearched.class, searched -> isOfAnn(searched, AT, "")));
    }

    @Test
    void timeNeverGoesBack() {
        Instant later = AT.plusSeconds(60);
        fixture.given(searched(later))
                .when(new RecordSearch(LOG, SearchUse.PAST, "tea", "case 18", 42))
                .expectEventsMatching(only(HistorySearched.class, searched -> isOfAnn(searched, later, "tea")));
    }

    @Test
    void printedCommandsDoNotContainTheQuery() {
        assertThat(new RecordSearch(LOG, SearchUse.SEARCH, "tea", "case 18", 42))
                .asString()
                .doesNotContain("tea");
    }

    @Test
    void theStoredQueryIsBounded() {
        fixture.givenNoPriorActivity()
                .when(new RecordSearch(LOG, SearchUse.SEARCH, "가".repeat(TextRules.QUERY_MAX), "case 18", 0))
                .expectSuccessfulHandlerExecution();
        fixture.givenNoPriorActivity()
                .when(new RecordSearch(LOG, SearchUse.SEARCH, "가".repeat(TextRules.QUERY_MAX + 1), "case 18", 0))
                .expectException(refusal(Refusal.QUERY_TOO_LONG));
    }

    @Test
    void aNegativeNumberOfHitsIsRefused() {
        fixture.givenNoPriorActivity()
                .when(new RecordSearch(LOG, SearchUse.SEARCH, "tea", "case 18", -1))
                .expectException(refusal(Refusal.INVALID_PARAMETER));
    }

    private static HistorySearched searched(Instant at) {
        return new HistorySearched(ANN, SearchUse.SEARCH, new SealedText("key", "nonce", "ciphertext"), null, 7, at);
    }
}
