package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.TextEnd;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingReadableMessagesTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");

    private static final SearchIndexFixture archive = new SearchIndexFixture();
    private static final FakePermissionQueries people = new FakePermissionQueries();
    private static final SearchClientFixture search =
            new SearchClientFixture(archive, people, (analyst, use, query, reason, hits) -> {
                throw new AssertionError("A member's search is nobody's business");
            });

    @BeforeAll
    static void talk() {
        List<MessageDocument> talk = new ArrayList<>();
        for (String conversation : List.of("whole", "joined", "returned", "foreign")) {
            for (long position = 2; position <= 9; position++) {
                talk.add(SearchIndexFixture.message(conversation, position, BOB, "a word about tea"));
            }
        }
        archive.write(talk, Refresh.True);
        people.shows(ANN, "whole", Visibility.ALL)
                .shows(ANN, "joined", Visibility.NOTHING.joined(6, HistoryAccess.SINCE_JOINED))
                .shows(
                        ANN,
                        "returned",
                        Visibility.NOTHING
                                .joined(1, HistoryAccess.SINCE_JOINED)
                                .left(3)
                                .joined(8, HistoryAccess.SINCE_JOINED)
                                .left(9))
                .shows(ANN, "never", Visibility.NOTHING);
    }

    @AfterAll
    static void clear() throws IOException {
        archive.delete();
    }

    @Test
    void aMemberFindsTheSpansOfTheirMemberships() throws Exception {
        assertThat(search.ask(ANN, "q", "tea", "limit", "100").places())
                .containsExactlyInAnyOrder(
                        "whole:2",
                        "whole:3",
                        "whole:4",
                        "whole:5",
                        "whole:6",
                        "whole:7",
                        "whole:8",
                        "whole:9",
                        "joined:6",
                        "joined:7",
                        "joined:8",
                        "joined:9",
                        "returned:2",
                        "returned:3",
                        "returned:8",
                        "returned:9");
    }

    @Test
    void theCountsIncludeOnlyReadableMessages() throws Exception {
        SearchClientFixture.Answer answer = search.ask(ANN, "q", "tea");
        assertThat(answer.body().get("total").asLong()).isEqualTo(16);
        assertThat(answer.body().at("/facets/conversation"))
                .extracting(count -> count.get("conversation").asString()
                        + count.get("count").asLong())
                .containsExactly("whole8", "joined4", "returned4");
    }

    @Test
    void aUserWithoutConversationsFindsNothing() throws Exception {
        assertThat(search.found(new UserId("u-nobody"), "tea")).isEmpty();
    }

    @Test
    void aForeignConversationIsRefusedWhetherItExistsOrNot() throws Exception {
        for (String conversation : List.of("foreign", "unheard-of", "never")) {
            search.ask(ANN, "q", "tea in:" + conversation).isRefused("not-a-member", 403);
            search.ask(ANN, "q", "tea", "conversation", conversation).isRefused("not-a-member", 403);
        }
        assertThat(search.found(ANN, "tea in:returned in:joined")).hasSize(8);
        assertThat(search.found(ANN, "tea -in:foreign -in:whole")).hasSize(8);
    }

    @Test
    void retractedMessagesAreNotFoundAndEditedOnesByTheirCurrentText() throws Exception {
        MessageDocument retracted = SearchIndexFixture.message("whole", 20, BOB, "a secret plan");
        MessageDocument edited = SearchIndexFixture.message("whole", 21, BOB, "a secret wish");
        archive.write(retracted, edited);
        archive.write(
                SearchIndexFixture.tombstone(retracted, 22),
                SearchIndexFixture.past(retracted, 22, TextEnd.RETRACTED),
                SearchIndexFixture.edited(edited, 23, "an open wish"),
                SearchIndexFixture.past(edited, 23, TextEnd.EDITED));

        assertThat(search.found(ANN, "secret")).isEmpty();
        assertThat(search.ask(ANN, "q", "wish").hit().get("editedAt").asString())
                .isEqualTo(SearchIndexFixture.at(23).toString());
        for (String past : List.of("was:edited", "was:retracted", "as-of:2026-11-20")) {
            search.ask(ANN, "q", "secret " + past).isRefused("forbidden", 403);
        }
        search.ask(ANN, "q", "secret", "scope", "all").isRefused("forbidden", 403);
    }

    @Test
    void aMemberOfThousandsOfGroupsFindsAllReadableMessages() throws Exception {
        UserId joiner = new UserId("u-joiner");
        for (int i = 1; i <= 3_000; i++) {
            people.shows(joiner, "group-" + i, Visibility.NOTHING.joined(i, HistoryAccess.SINCE_JOINED));
        }
        archive.write(
                SearchIndexFixture.message("group-2999", 2_998, BOB, "gathering"),
                SearchIndexFixture.message("group-2999", 2_999, BOB, "gathering"));
        assertThat(search.found(joiner, "gathering")).containsExactly("group-2999:2999");
    }

    /** For any history and membership, the hits are those that the visibility rule allows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theHitsEqualTheVisibilityRule(long seed) throws Exception {
        Random random = new Random(seed);
        UserId reader = new UserId("u-reader-" + seed);
        List<MessageDocument> history = new ArrayList<>();
        TreeMap<String, String> expected = new TreeMap<>();
        for (int c = 0; c < 12; c++) {
            String conversation = "random-" + seed + "-" + c;
            Visibility visibility = visibility(random);
            people.shows(reader, conversation, visibility);
            for (long position = 1; position <= 40; position += 1 + random.nextInt(3)) {
                String place = conversation + ":" + position;
                message(history, conversation, position, random)
                        .seenBy(visibility)
                        .filter(text -> text.contains("needle"))
                        .ifPresent(text -> expected.put(place, text));
            }
        }
        archive.write(history, Refresh.True);

        assertThat(everything(reader, "q", "needle", "limit", "37")).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(everything(reader, "q", "-hay", "limit", "100", "sort", "oldest"))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** A message and its changes by position; a null text is a retraction. */
    private record Versions(long position, TreeMap<Long, @Nullable String> texts) {
        /** The expected text, computed entry by entry. */
        Optional<String> seenBy(Visibility visibility) {
            String text = null;
            for (var version : texts.entrySet()) {
                if (visibility.sees(position) && visibility.sees(version.getKey())) {
                    text = version.getValue();
                }
            }
            return Optional.ofNullable(text);
        }
    }

    /** Writes the documents of a message with random changes. */
    private static Versions message(List<MessageDocument> history, String conversation, long position, Random random) {
        Versions versions = new Versions(position, new TreeMap<>());
        TreeMap<Long, TextEnd> changes = new TreeMap<>();
        MessageDocument standing = SearchIndexFixture.message(conversation, position, BOB, text(position, random));
        versions.texts().put(position, standing.text());
        long entry = position;
        for (int changed = random.nextInt(4); changed > 0 && !standing.retracted(); changed--) {
            entry += 1 + random.nextInt(12);
            TextEnd change = random.nextInt(4) == 0 ? TextEnd.RETRACTED : TextEnd.EDITED;
            history.add(SearchIndexFixture.past(standing, entry, change));
            standing = change == TextEnd.RETRACTED
                    ? SearchIndexFixture.tombstone(standing, entry)
                    : SearchIndexFixture.edited(standing, entry, text(entry, random));
            versions.texts().put(entry, standing.text());
            changes.put(entry, change);
        }
        history.add(standing);
        people.changed(conversation, position, changes);
        return versions;
    }

    private static String text(long position, Random random) {
        return random.nextBoolean() ? "the needle " + position : "only hay " + position;
    }

    private static Visibility visibility(Random random) {
        Visibility visibility = Visibility.NOTHING;
        long position = 0;
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            position += 1 + random.nextInt(12);
            visibility = visibility.isOpen()
                    ? visibility.left(position)
                    : visibility.joined(
                            position, random.nextInt(6) == 0 ? HistoryAccess.ALL : HistoryAccess.SINCE_JOINED);
        }
        return visibility;
    }

    private static Map<String, String> everything(UserId user, String... parameters) throws Exception {
        SearchClientFixture.Answer page = search.ask(user, parameters);
        Map<String, String> found = new TreeMap<>(page.texts());
        while (page.next() != null) {
            page = search.ask(user, page.onward(parameters));
            page.texts()
                    .forEach((place, text) -> assertThat(found.put(place, text)).isNull());
        }
        return found;
    }
}
