package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetractingAMessageTest {
    private static final UserId ANN = RandomHistory.USERS.getFirst();
    private static final UserId BEN = RandomHistory.USERS.get(1);
    private static final String SECRET = "secret";

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    RetractingAMessageTest() {
        new RandomHistory(history::add);
    }

    private void edit(String text) {
        history.add(new MessageEdited(
                RandomHistory.SINCE,
                ANN,
                2,
                new SealedText("key", "nonce", text),
                List.of(),
                "h" + text.hashCode(),
                Instant.EPOCH));
    }

    private void write(int batchSize) {
        List<RecordedEvent> all = history.events();
        for (int from = 0; from < all.size(); from += batchSize) {
            model.write(all.subList(from, Math.min(all.size(), from + batchSize)));
        }
    }

    private List<RecordedEntry> entries(UserId user) {
        return model.entries
                .handle(new FindEntries(user, RandomHistory.SINCE, null, null, null, 50, null))
                .join()
                .entries();
    }

    /**
     * For any length of the texts, in the same batch or a later one, and followed by any entry that an older store may
     * contain.
     */
    @ParameterizedTest
    @CsvSource({"1, 100", "1, 1", "1000, 100", "1000, 1", "150, 2"})
    void hidesItsTextFromUsersWhoSeeTheRetraction(int repeats, int batchSize) {
        String text = SECRET.repeat(repeats);
        history.add(RandomHistory.message(RandomHistory.SINCE, ANN, "m1", text, 1, List.of(BEN)));
        edit(text);
        edit(text + text);
        history.add(new MessageRetracted(RandomHistory.SINCE, ANN, 2, Instant.EPOCH));
        edit(text + " again");
        history.add(new ReactionChanged(RandomHistory.SINCE, ANN, 2, "x", true, Instant.EPOCH));
        history.add(new MessageRetracted(RandomHistory.SINCE, ANN, 2, Instant.EPOCH));
        write(batchSize);

        assertThat(entries(BEN).toString()).doesNotContain(SECRET);
        assertThat(entries(BEN))
                .extracting(RecordedEntry::retractedBy)
                .containsExactly(null, 5L, 5L, 5L, null, 5L, null, null);
        assertThat(entries(BEN)).extracting(RecordedEntry::edit).containsOnlyNulls();
        assertThat(model.inboxes.handle(new FindInbox(BEN, null, 10)).toString())
                .doesNotContain(SECRET);
        FindInbox.Item item = model.inboxes.handle(new FindInbox(BEN, null, 10)).conversations().stream()
                .filter(candidate -> candidate.conversation().equals(RandomHistory.SINCE))
                .findFirst()
                .orElseThrow();
        assertThat(item.unread()).isZero();
        assertThat(item.mentions()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "1, 1", "1000, 2"})
    void keepsItsTextForEarlierFormerMembers(int repeats, int batchSize) {
        String text = SECRET.repeat(repeats);
        history.add(RandomHistory.message(RandomHistory.SINCE, ANN, "m1", text, 1, List.of()));
        history.add(new MemberLeft(RandomHistory.SINCE, BEN, BEN, Instant.EPOCH));
        edit("unseen");
        history.add(new MessageRetracted(RandomHistory.SINCE, ANN, 2, Instant.EPOCH));
        write(batchSize);

        assertThat(entries(BEN).toString()).contains(text).doesNotContain("unseen");
        assertThat(entries(BEN)).extracting(RecordedEntry::retractedBy).containsOnlyNulls();
    }
}
