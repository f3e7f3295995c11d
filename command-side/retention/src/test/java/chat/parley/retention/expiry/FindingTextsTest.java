package chat.parley.retention.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FindingTextsTest {
    private static final ConversationId TALK = new ConversationId("talk");
    private static final UserId ANN = new UserId("ann");
    private static final SealedText SEALED = new SealedText("key", "nonce", "ciphertext");
    private static final int KINDS = 4;

    /** @param steps the seconds between two entries and, modulo the kinds, what the entry is */
    @Property
    void findsATextExactlyWhereThereIsOne(
            @ForAll @Size(max = 60) List<@IntRange(max = 40) Integer> steps,
            @ForAll @IntRange(max = 900) int from,
            @ForAll @IntRange(max = 900) int length) {
        List<ConversationEvent> entries = new ArrayList<>();
        long second = 0;
        for (int step : steps) {
            second += step / KINDS;
            entries.add(entry(step % KINDS, Instant.ofEpochSecond(second)));
        }
        Instant begin = Instant.ofEpochSecond(from / 3);
        Instant end = Instant.ofEpochSecond((from + length) / 3);
        boolean expected = entries.stream()
                .anyMatch(entry -> (entry instanceof MessageSent || entry instanceof MessageEdited)
                        && !entry.at().isBefore(begin)
                        && entry.at().isBefore(end));
        assertThat(finder(entries, new AtomicInteger()).hasText(TALK, begin, end))
                .isEqualTo(expected);
    }

    @Example
    void readsFewEntriesOfALongConversation() {
        List<ConversationEvent> entries = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            entries.add(entry(2, Instant.ofEpochSecond(i)));
        }
        AtomicInteger reads = new AtomicInteger();
        assertThat(finder(entries, reads).hasText(TALK, Instant.ofEpochSecond(70_000), Instant.ofEpochSecond(80_000)))
                .isTrue();
        assertThat(reads).hasValueLessThan(50);
    }

    private static TextFinder finder(List<ConversationEvent> entries, AtomicInteger reads) {
        return new TextFinder((conversation, position) -> {
            reads.incrementAndGet();
            return position <= entries.size() ? Optional.of(entries.get((int) position - 1)) : Optional.empty();
        });
    }

    private static ConversationEvent entry(int kind, Instant at) {
        return switch (kind) {
            case 0 -> new DirectStarted(TALK, ANN, ANN, at);
            case 1 -> new MessageRetracted(TALK, ANN, 1, at);
            case 2 -> new MessageSent(TALK, ANN, new ClientMessageId("id"), SEALED, "hash", 1, null, List.of(), at);
            default -> new MessageEdited(TALK, ANN, 1, SEALED, List.of(), "hash", at);
        };
    }
}
