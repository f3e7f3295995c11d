package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurningPagesTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final String[] QUESTION = {"q", "tide", "limit", "7", "facets", "false"};

    private static final SearchIndexFixture archive = new SearchIndexFixture();

    /** A conversation per test, so that tests do not affect each other. */
    private final String conversation = "talk-" + UUID.randomUUID();

    private final FakePermissionQueries people = new FakePermissionQueries().shows(ANN, conversation, Visibility.ALL);
    private final SearchClientFixture search =
            new SearchClientFixture(archive, people, (analyst, use, query, reason, hits) -> {});

    @AfterAll
    static void clear() throws IOException {
        archive.delete();
    }

    private MessageDocument tide(long position) {
        return SearchIndexFixture.message(
                conversation, position, BOB, "tide " + "and ".repeat((int) position % 5) + position);
    }

    private void talk(long from, long to) {
        List<MessageDocument> talk = new ArrayList<>();
        for (long position = from; position <= to; position++) {
            talk.add(tide(position));
        }
        archive.write(talk, Refresh.True);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relevance", "newest", "oldest"})
    void noHitIsMissedOrRepeatedDuringChanges(String sort) throws Exception {
        talk(2, 60);
        String[] question = {"q", "tide", "limit", "7", "sort", sort};
        SearchClientFixture.Answer page = search.ask(ANN, question);
        List<String> found = new ArrayList<>(page.places());
        Set<String> takenBack = new HashSet<>();
        long arriving = 61;
        for (long position = 2; page.next() != null; position += 9, arriving += 20) {
            talk(arriving, arriving + 19);
            if (position <= 60 && !found.contains(conversation + ":" + position)) {
                // Not refreshed, because pages show the written documents.
                archive.writeUnseen(SearchIndexFixture.tombstone(tide(position), arriving + 19));
                takenBack.add(conversation + ":" + position);
            }
            page = search.ask(ANN, page.onward(question));
            assertThat(page.body().get("total").asLong()).isEqualTo(59);
            assertThat(page.body().has("facets")).isFalse();
            found.addAll(page.places());
        }
        assertThat(takenBack).isNotEmpty();
        assertThat(found).doesNotHaveDuplicates().doesNotContainAnyElementsOf(takenBack);
        assertThat(found).hasSize(59 - takenBack.size());
    }

    @Test
    void editedMessagesAreShownWithTheirCurrentText() throws Exception {
        talk(2, 20);
        SearchClientFixture.Answer first = search.ask(ANN, "q", "tide", "limit", "15", "sort", "newest");
        archive.writeUnseen(SearchIndexFixture.edited(tide(3), 30, "nothing to see"));
        SearchClientFixture.Answer second = search.ask(ANN, first.onward("q", "tide", "limit", "15", "sort", "newest"));
        assertThat(second.hits().filter(hit -> hit.get("position").asLong() == 3))
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.get("text").asString()).isEqualTo("nothing to see");
                    assertThat(hit.get("highlights")).isEmpty();
                });
    }

    /** A member is removed and a message sent between reading the permission and searching. */
    @Test
    void hitsAreNotNewerThanThePermission() throws Exception {
        talk(2, 5);
        people.afterMemberships(() -> archive.write(tide(99)));
        assertThat(search.found(ANN, "tide")).hasSize(4).doesNotContain(conversation + ":99");
    }

    @Test
    void aPageFollowsTheCurrentPermission() throws Exception {
        talk(2, 20);
        SearchClientFixture.Answer first = search.ask(ANN, "q", "tide", "limit", "5", "sort", "newest");
        people.shows(
                ANN,
                conversation,
                Visibility.NOTHING.joined(1, HistoryAccess.SINCE_JOINED).left(9));
        assertThat(search.ask(ANN, first.onward("q", "tide", "limit", "100", "sort", "newest"))
                        .hits()
                        .map(hit -> hit.get("position").asLong()))
                .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L);
    }

    @Test
    void aCursorIsValidForOneUserAndOneRequest() throws Exception {
        talk(2, 20);
        people.shows(BOB, conversation, Visibility.ALL);
        SearchClientFixture.Answer first = search.ask(ANN, QUESTION);
        String cursor = Objects.requireNonNull(first.next());

        search.ask(BOB, first.onward(QUESTION)).isRefused("cursor-invalid", 400);
        search.ask(ANN, "q", "tides", "cursor", cursor).isRefused("cursor-invalid", 400);
        search.ask(ANN, "q", "tide", "sort", "oldest", "cursor", cursor).isRefused("cursor-invalid", 400);
        search.ask(ANN, "q", "tide", "sender", "u-bob", "cursor", cursor).isRefused("cursor-invalid", 400);
        for (String forged :
                List.of("", "made-up", cursor.substring(1), cursor + "A", "x".repeat(10_000), "é".repeat(100))) {
            search.ask(ANN, "q", "tide", "cursor", forged).isRefused("cursor-invalid", 400);
        }
        // An equivalent spelling is the same request.
        assertThat(search.ask(ANN, "q", " tide\n", "limit", "100", "cursor", cursor)
                        .places())
                .hasSize(12);
    }

    @Test
    void aClosedPointInTimeHasExpired() throws Exception {
        talk(2, 20);
        SearchClientFixture.Answer first = search.ask(ANN, QUESTION);
        // The last page closes the point in time.
        search.ask(ANN, first.onward("q", "tide", "limit", "100")).places();
        search.ask(ANN, first.onward(QUESTION)).isRefused("search-cursor-expired", 410);
    }

    @Test
    void theOldestOfTooManySearchesIsClosed() throws Exception {
        talk(2, 20);
        SearchClientFixture.Answer oldest = search.ask(ANN, QUESTION);
        SearchClientFixture.Answer second = search.ask(ANN, QUESTION);
        for (int i = 2; i <= PointsInTime.MOST_PER_USER; i++) {
            search.ask(ANN, QUESTION);
        }
        search.ask(ANN, oldest.onward(QUESTION)).isRefused("search-cursor-expired", 410);
        assertThat(search.ask(ANN, second.onward(QUESTION)).places()).hasSize(7);
    }
}
