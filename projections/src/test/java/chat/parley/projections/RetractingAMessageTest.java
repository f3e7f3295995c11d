package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;
import chat.parley.api.FindEntries;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Sealed;
import chat.parley.api.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetractingAMessageTest {
    private static final UserId ANN = Script.USERS.getFirst();
    private static final String SECRET = "secret";

    /** Whatever the length of the texts, and whether it comes in the same batch or in a later one. */
    @ParameterizedTest
    @CsvSource({"1, 100", "1, 1", "1000, 100", "1000, 1", "150, 2"})
    void leavesNoneOfItsTextAnywhere(int repeats, int batchSize) {
        ReadModelHolder model = new ReadModelHolder();
        History history = new History();
        new Script(history::add);
        String text = SECRET.repeat(repeats);
        Sealed sealed = new Sealed("key", "nonce", text);
        history.add(Script.message(Script.SINCE, ANN, "m1", text, 1, List.of()));
        history.add(new MessageEdited(Script.SINCE, ANN, 2, sealed, List.of(), "h1", Instant.EPOCH));
        history.add(new MessageEdited(Script.SINCE, ANN, 2, sealed, List.of(), "h2", Instant.EPOCH));
        history.add(new MessageRetracted(Script.SINCE, ANN, 2, Instant.EPOCH));
        List<Occurrence> all = history.occurrences();
        for (int from = 0; from < all.size(); from += batchSize) {
            model.write(all.subList(from, Math.min(all.size(), from + batchSize)));
        }

        assertThat(model.store.pages().find().into(new ArrayList<>()).toString())
                .doesNotContain(SECRET);
        assertThat(Snapshot.of(model.store).toString()).doesNotContain(SECRET);
        List<RecordedEntry> entries = model.entries
                .handle(new FindEntries(ANN, Script.SINCE, null, null, null, 50, null))
                .join()
                .entries();
        assertThat(entries).extracting(RecordedEntry::retractedBy).containsExactly(null, 5L, 5L, 5L, null);
        assertThat(entries).extracting(RecordedEntry::edit).containsOnlyNulls();
    }
}
