package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SuggestingTest {
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final String TALK = "talk";

    private static final SearchIndexFixture archive = new SearchIndexFixture();
    private static final FakePermissionQueries people = new FakePermissionQueries()
            .knows(ANN, "Ann")
            .knows(BOB, "bob")
            .knows(new UserId("u-bo"), "Bobby")
            .shows(ANN, TALK, Visibility.ALL)
            .shows(
                    ANN,
                    "left",
                    Visibility.NOTHING.joined(3, HistoryAccess.SINCE_JOINED).left(6));
    private static final List<String> recorded = new ArrayList<>();
    private static final SearchClientFixture search =
            new SearchClientFixture(archive, people, (analyst, use, query, reason, hits) -> recorded.add(query));

    @BeforeAll
    static void talk() {
        List<String> texts = List.of(
                "The meeting was moved, so we meet on Monday.",
                "Another meeting? (meeting-room 4)",
                "meteorites over Café Metropol",
                "git push --force-with-lease is not --force",
                "회의록을 공유했습니다. 국회의원이 왔어요",
                "회의실 예약은 회의록에 있어요",
                "昨日、富士山に登りました。富士急も",
                "see https://example.org/metrics for C++ and C#",
                "Straße gesperrt, große Umleitung",
                "ALL-CAPS METHOD");
        List<MessageDocument> messages = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            messages.add(SearchIndexFixture.message(TALK, i + 2, BOB, texts.get(i)));
        }
        messages.add(SearchIndexFixture.message("foreign", 2, BOB, "metformin meets metastasis"));
        messages.add(SearchIndexFixture.message("left", 2, BOB, "metal before"));
        messages.add(SearchIndexFixture.message("left", 4, BOB, "metal within"));
        messages.add(SearchIndexFixture.message("left", 7, BOB, "metaphor after"));
        MessageDocument taken = SearchIndexFixture.message(TALK, 30, BOB, "methadone");
        messages.add(SearchIndexFixture.tombstone(taken, 31));
        archive.write(messages, Refresh.True);
        MessageDocument edited = SearchIndexFixture.message(TALK, 32, BOB, "methanol");
        archive.write(edited);
        archive.writeUnseen(SearchIndexFixture.edited(edited, 33, "nothing any more"));
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
                "meet        | meeting meeting-room",
                "Meeti       | meeting meeting-room",
                "another mee | meeting meeting-room",
                "café metr   | Metropol",
                "cafe Metr   | Metropol",
                "--fo        | --force --force-with-lease",
                "회의        | 회의록을 회의록에 회의실",
                "회의록      | 회의록을 회의록에",
                "국회        | 국회의원이",
                "富士        | 富士山 富士急",
                "exam        | example",
                "strass      | Straße",
                "gros        | große",
                "C+          | C++",
                "-meeti      | meeting meeting-room",
                "from:bob monda | Monday"
            })
    void completesWordsOfMessages(String typed, String words) throws Exception {
        assertThat(words(typed)).containsExactlyInAnyOrder(words.split(" "));
    }

    @Test
    void theMostFrequentWordComesFirstWithTheWholeQuery() throws Exception {
        JsonNode first = search.suggest(ANN, "q", "the  -mee").body().at("/suggestions/0");
        assertThat(first.get("kind").asString()).isEqualTo("word");
        assertThat(first.get("text").asString()).isEqualTo("meeting");
        assertThat(first.get("query").asString()).isEqualTo("the -meeting");
        assertThat(search.suggest(ANN, "q", "me", "limit", "1").body().get("suggestions"))
                .hasSize(1);
    }

    @Test
    void messagesAreAnsweredToo() throws Exception {
        assertThat(search.suggest(ANN, "q", "another mee").places()).containsExactly(TALK + ":3");
        assertThat(search.suggest(ANN, "q", "m").places()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void unreadableAndRetractedMessagesSuggestNothing() throws Exception {
        assertThat(words("meta")).containsExactly("metal");
        assertThat(words("meth")).containsExactly("METHOD");
        assertThat(words("metf")).isEmpty();
        assertThat(search.suggest(new UserId("u-stranger"), "q", "me").body().get("hits"))
                .isEmpty();
        search.suggest(ANN, "q", "me", "conversation", "foreign").isRefused("not-a-member", 403);
        assertThat(recorded).isEmpty();
    }

    /** For any membership, suggestions are exactly the words of readable messages. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wordsComeOnlyFromReadableMessages(long seed) throws Exception {
        Random random = new Random(seed);
        UserId reader = new UserId("u-reader-" + seed);
        List<MessageDocument> history = new ArrayList<>();
        TreeSet<String> expected = new TreeSet<>();
        for (int c = 0; c < 4; c++) {
            String conversation = "random-" + seed + "-" + c;
            long joined = 1L + random.nextInt(5);
            long left = joined + 1 + random.nextInt(5);
            Visibility visibility = Visibility.NOTHING
                    .joined(joined, HistoryAccess.SINCE_JOINED)
                    .left(left);
            people.shows(reader, conversation, visibility);
            for (long position = 1; position <= 10; position++) {
                String word = "quokka" + seed + (char) ('a' + c) + position;
                history.add(SearchIndexFixture.message(conversation, position, BOB, "a " + word + "!"));
                if (visibility.sees(position)) {
                    expected.add(word);
                }
            }
        }
        archive.write(history, Refresh.True);
        assertThat(search.suggest(reader, "q", "quok", "limit", "20")
                        .body()
                        .get("suggestions")
                        .valueStream()
                        .map(word -> word.get("text").asString()))
                .hasSize(Math.min(20, expected.size()))
                .isSubsetOf(expected);
    }

    @Test
    void operatorsAndPeople() throws Exception {
        assertThat(all("tea fr")).containsExactly("operator from: tea from:");
        assertThat(all("-be")).containsExactly("operator before: -before:");
        assertThat(all("tea from:bo"))
                .containsExactlyInAnyOrder("person bob tea from:bob", "person bobby tea from:bobby");
        assertThat(all("-mentions:@A")).containsExactly("person ann -mentions:@ann");
        assertThat(all("from:")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "meet ", "\u200b", "meet \u200b"})
    void anEmptyPrefixHasNoSuggestions(String typed) throws Exception {
        assertThat(all(typed)).isEmpty();
    }

    @Test
    void parametersOutOfRangeAreRefused() throws Exception {
        search.suggest(ANN, "q", "m".repeat(1_001)).isRefused("query-too-long", 400);
        search.suggest(ANN, "q", "m", "limit", "0").isRefused("invalid-parameter", 400);
        search.suggest(ANN, "q", "m", "limit", "21").isRefused("invalid-parameter", 400);
        search.suggest(ANN, "q", "m", "conversation", "a/b").isRefused("invalid-id", 400);
    }

    /** Every input is answered. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"me",
                "*",
                "(",
                "\\",
                "was:edited me",
                "as-of:2026-11-21 m",
                "in:talk me",
                "é",
                "😀",
                "-",
                "a"
            })
    void signsAreNoErrors(String typed) throws Exception {
        assertThat(search.suggest(ANN, "q", typed).status()).isEqualTo(200);
    }

    private static List<String> words(String typed) throws Exception {
        return search.suggest(ANN, "q", typed)
                .body()
                .get("suggestions")
                .valueStream()
                .filter(suggestion -> suggestion.get("kind").asString().equals("word"))
                .map(suggestion -> suggestion.get("text").asString())
                .toList();
    }

    private static List<String> all(String typed) throws Exception {
        return search.suggest(ANN, "q", typed)
                .body()
                .get("suggestions")
                .valueStream()
                .map(suggestion -> suggestion.get("kind").asString() + " "
                        + suggestion.get("text").asString() + " "
                        + suggestion.get("query").asString())
                .toList();
    }
}
