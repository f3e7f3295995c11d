package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.FindSentMessage;
import chat.parley.api.conversation.FindSentMessage.Answer;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.eventprocessing.batch.RecordedEvent;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final UserId ANN = RandomHistory.USERS.getFirst();
    private static final int MAX_BYTES = 256 * 1024;

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    PagesTest() {
        new RandomHistory(history::add);
    }

    private MessageSent say(int number, String text) {
        MessageSent sent = RandomHistory.message(RandomHistory.SINCE, ANN, "id-" + number, text, number, List.of());
        history.add(sent);
        return sent;
    }

    private void writeAll() {
        List<RecordedEvent> all = history.events();
        for (int from = 0; from < all.size(); from += 100) {
            model.write(all.subList(from, Math.min(all.size(), from + 100)));
        }
    }

    @Test
    void haveTheMissedEntriesOfALongConversation() {
        IntStream.rangeClosed(1, 1_000).forEach(i -> say(i, "text " + i));
        writeAll();
        // The first of the three events belongs to this conversation; the message at position p has index p + 1.
        for (long after : new long[] {-1, 0, 5, 64, 65, 66, 500, 998, 1_002, 5_000}) {
            List<Long> expected = LongStream.concat(LongStream.of(0), LongStream.rangeClosed(3, 1_002))
                    .filter(index -> index > after)
                    .boxed()
                    .toList();
            Entries missed = model.entries.handle(new FindMissed(ANN, RandomHistory.SINCE, 0, after, 10_000, 100));
            assertThat(missed.entries())
                    .extracting(RecordedEntry::index)
                    .containsExactlyElementsOf(expected.subList(0, Math.min(100, expected.size())));
            assertThat(missed.head()).isEqualTo(1_001);
        }
        assertThat(model.entries
                        .handle(new FindMissed(ANN, RandomHistory.SINCE, 998, 5, 1_001, 100))
                        .entries())
                .extracting(RecordedEntry::position)
                .containsExactly(999L, 1_000L);
    }

    @Test
    void haveTheMissedEntriesIfThePositionIsFarBehindTheIndex() {
        IntStream.rangeClosed(1, 1_000).forEach(i -> say(i, "text " + i));
        writeAll();
        for (long after : new long[] {100, 101, 102, 103, 500, 999}) {
            Entries missed = model.entries.handle(new FindMissed(ANN, RandomHistory.SINCE, 1, after, 10_000, 100));
            assertThat(missed.entries())
                    .extracting(RecordedEntry::index)
                    .containsExactlyElementsOf(LongStream.rangeClosed(after + 1, 1_002)
                            .limit(missed.entries().size())
                            .boxed()
                            .toList())
                    .isNotEmpty();
        }
    }

    @Test
    void areAnsweredInPortionsIfTextsAreLarge() {
        IntStream.rangeClosed(1, 40).forEach(i -> say(i, "x".repeat(5_000)));
        writeAll();
        List<Long> positions = new ArrayList<>();
        Entries portion = model.entries.handle(new FindMissed(ANN, RandomHistory.SINCE, 1, 0, 10_000, 100));
        while (!portion.entries().isEmpty()) {
            assertThat(portion.entries()).hasSizeLessThanOrEqualTo(16);
            portion.entries().forEach(entry -> positions.add(entry.position()));
            portion =
                    model.entries.handle(new FindMissed(ANN, RandomHistory.SINCE, positions.getLast(), 0, 10_000, 100));
        }
        assertThat(positions)
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 41).boxed().toList());
    }

    @Test
    void areAnsweredInPortionsIfEditedTextsAreLarge() {
        IntStream.rangeClosed(1, 40).forEach(i -> say(i, "short"));
        SealedText large = new SealedText("k", "n", "x".repeat(5_000));
        LongStream.rangeClosed(2, 41)
                .forEach(target -> history.add(
                        new MessageEdited(RandomHistory.SINCE, ANN, target, large, List.of(), "h", Instant.EPOCH)));
        writeAll();
        long position = 1;
        for (int seen = 0; seen < 80; ) {
            List<RecordedEntry> portion = model.entries
                    .handle(new FindMissed(ANN, RandomHistory.SINCE, position, 0, 10_000, 100))
                    .entries();
            assertThat(portion).isNotEmpty().hasSizeLessThanOrEqualTo(16);
            seen += portion.size();
            position = portion.getLast().position();
        }
        assertThat(position).isEqualTo(81);
    }

    @Test
    void stayWithinTheirLimitWithTheLargestEntries() {
        UserId longest = new UserId("u".repeat(64));
        List<UserId> mentions = IntStream.range(0, 100)
                .mapToObj(i -> new UserId("m".repeat(60) + i))
                .toList();
        List<Integer> lengths = List.of(1_900, 1_990, 2_100, 400_000);
        SealedText edit = new SealedText("k".repeat(36), "n".repeat(16), "e".repeat(410));
        List<MessageSent> sent = new ArrayList<>();
        for (int i = 1; i < 64; i++) {
            MessageSent message = RandomHistory.message(
                    RandomHistory.SINCE,
                    longest,
                    ("c" + i + "-").repeat(30).substring(0, 64),
                    "x".repeat(i < 60 ? 1_750 : lengths.get(i - 60)),
                    i,
                    i % 16 == 0 ? mentions : mentions.subList(0, 4));
            sent.add(message);
            history.add(message);
        }
        for (long target = 2; target < 64; target++) {
            history.add(new MessageEdited(
                    RandomHistory.SINCE,
                    longest,
                    target,
                    edit,
                    mentioned(target, mentions),
                    "h".repeat(44),
                    Instant.EPOCH));
        }
        writeAll();
        RawBsonDocument page = model.store
                .pages()
                .withDocumentClass(RawBsonDocument.class)
                .find(Filters.eq("_id", "since:0"))
                .first();
        assertThat(page).isNotNull();
        assertThat(page.getByteBuffer().remaining()).isBetween(120_000, MAX_BYTES);
        List<RecordedEntry> entries = model.entries
                .handle(new FindEntries(ANN, RandomHistory.SINCE, null, 65L, null, 63, null))
                .join()
                .entries();
        assertThat(entries).extracting(RecordedEntry::event).containsExactlyElementsOf(new ArrayList<>(sent));
        assertThat(entries.getFirst().edit()).isNotNull();
        assertThat(entries.getFirst().edit().text()).isEqualTo(edit);
        assertThat(entries.get(14).edit()).isInstanceOfSatisfying(MessageEdited.class, large -> {
            assertThat(large.mentions()).isEqualTo(mentions);
            assertThat(large.text()).isEqualTo(edit);
        });
    }

    private static List<UserId> mentioned(long target, List<UserId> all) {
        return target % 16 == 0 ? all : all.subList(0, 4);
    }

    @Test
    void findMessagesOfAnyAgeByTheirClientMessageId() {
        IntStream.rangeClosed(1, 300).forEach(i -> say(i, i == 7 ? "long ".repeat(2_000) : "text " + i));
        writeAll();
        MessageSent seventh = (MessageSent) history.events().get(9).payload();
        assertThat(find("id-7", 300)).isEqualTo(new Answer(true, 8, seventh.at(), "hash-id-7"));
        assertThat(find("id-300", 10_000).position()).isEqualTo(301);
        assertThat(find("other", 301)).isEqualTo(new Answer(true, 0, null, null));
        assertThat(find("other", 302)).isEqualTo(new Answer(false, 0, null, null));
        say(301, "added later");
        writeAll();
        assertThat(find("id-301", 302).position()).isEqualTo(302);
        assertThat(find("id-7", 302).position()).isEqualTo(8);
        assertThat(model.entries.handle(new FindSentMessage(
                        RandomHistory.SINCE, RandomHistory.USERS.getLast(), new ClientMessageId("id-7"), 1)))
                .isEqualTo(new Answer(true, 0, null, null));
    }

    private Answer find(String id, long throughPosition) {
        return model.entries.handle(
                new FindSentMessage(RandomHistory.SINCE, ANN, new ClientMessageId(id), throughPosition));
    }
}
