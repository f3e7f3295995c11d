package chat.parley.search.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.MessageDocument;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A conversation from which parts are copied into queries. */
final class PastedTextFixture {
    static final int FEWEST_WORDS = 3;
    private static final int MOST_WORDS = 8;

    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final String TALK = "talk";

    private final SearchIndexFixture archive = new SearchIndexFixture();
    private final SearchClientFixture search = new SearchClientFixture(
            archive,
            new FakePermissionQueries().knows(BOB, "bob").shows(ANN, TALK, Visibility.ALL),
            (analyst, use, query, reason, hits) -> {});
    private long position = 1;

    /** Writes messages in NFC like the indexer, and returns the position of the first one. */
    long say(List<String> texts) {
        long first = position + 1;
        List<MessageDocument> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(
                    SearchIndexFixture.message(TALK, ++position, BOB, Normalizer.normalize(text, Normalizer.Form.NFC)));
        }
        archive.write(messages, Refresh.True);
        return first;
    }

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** Three to eight consecutive words, or all if there are fewer. */
    static String pasted(List<String> words, Random random) {
        int count = Math.min(words.size(), FEWEST_WORDS + random.nextInt(MOST_WORDS - FEWEST_WORDS + 1));
        int from = random.nextInt(words.size() - count + 1);
        return String.join(" ", words.subList(from, from + count));
    }

    /** Checks that the first page contains the message. */
    void assertFinds(String pasted, long at, String text) throws Exception {
        assertThat(search.found(ANN, pasted)).as("<%s> of <%s>", pasted, text).contains(TALK + ":" + at);
    }

    void close() throws IOException {
        archive.delete();
    }
}
