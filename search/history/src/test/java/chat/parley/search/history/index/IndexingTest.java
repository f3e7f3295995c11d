package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.BOB;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.TextEnd;
import chat.parley.search.history.document.UnderivableDocument;
import chat.parley.search.history.index.IndexNode.Data;
import chat.parley.testing.FakeTextProtection;
import java.text.Normalizer;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IndexingTest {
    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();

    @Test
    void anEditReplacesTheTextAndKeepsThePastText() {
        long tea = talk.say(TEA, ANN, "tea at five, see https://example.org/tea");
        long first = talk.edit(TEA, tea, "tea at six");
        long second = talk.edit(TEA, tea, "tea at seven");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            MessageDocument now = node.message(tea);
            assertThat(now.text()).isEqualTo("tea at seven");
            assertThat(now.version()).isEqualTo(second);
            assertThat(now.sender()).isEqualTo("ann");
            assertThat(now.mentions()).containsExactly("bob");
            assertThat(now.link()).isFalse();
            assertThat(node.past().keySet()).containsExactly("c-tea:2:2", "c-tea:2:3");
            MessageDocument original = node.past(2, 2);
            assertThat(original.text()).startsWith("tea at five");
            assertThat(original.link()).isTrue();
            assertThat(original.end()).isEqualTo(TextEnd.EDITED.term());
            assertThat(original.until())
                    .isEqualTo(talk.find(TEA, first).orElseThrow().at().toEpochMilli());
            assertThat(node.past(2, 3).since()).isEqualTo(original.until());
        }
    }

    @Test
    void anEditReplacesTheMentionsExceptInRevision1() {
        long ofBefore = talk.say(TEA, ANN, "to bob");
        talk.edit(TEA, ofBefore, "still to bob", null);
        long taken = talk.say(TEA, ANN, "to bob");
        talk.edit(TEA, taken, "to nobody", List.of());
        long other = talk.say(TEA, BOB, "to bob");
        talk.edit(TEA, other, "to ann", List.of(ANN));
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.message(ofBefore).mentions()).containsExactly("bob");
            assertThat(node.message(taken).mentions()).isNull();
            assertThat(node.past(taken, taken).mentions()).containsExactly("bob");
            assertThat(node.message(other).mentions()).containsExactly("ann");
        }
    }

    @Test
    void aRetractionLeavesATombstoneAndKeepsTheTextInThePast() {
        try (IndexNode node = new IndexNode(data)) {
            long tea = talk.say(TEA, ANN, "tea at five");
            long cake = talk.say(TEA, BOB, "with cake");
            node.caughtUp();
            talk.retract(TEA, tea);
            node.caughtUp();
            MessageDocument tombstone = node.message(tea);
            assertThat(tombstone.retracted()).isTrue();
            assertThat(tombstone.text()).isNull();
            assertThat(node.message(cake).text()).isEqualTo("with cake");
            MessageDocument past = node.past(2, 2);
            assertThat(past.text()).isEqualTo("tea at five");
            assertThat(past.end()).isEqualTo(TextEnd.RETRACTED.term());
        }
    }

    @Test
    void anErasedTextIsNotIndexed() {
        talk.say(TEA, ANN, "my secret");
        talk.say(TEA, BOB, "no secret");
        talk.protection().destroy(ANN);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.textsOf(node.messages())).containsExactly("null", "no secret");
        }
    }

    @Test
    void decomposedSyllablesAreIndexedComposed() {
        talk.say(TEA, ANN, Normalizer.normalize("회의록", Normalizer.Form.NFD));
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.textsOf(node.messages())).containsExactly("회의록");
        }
    }

    @Test
    void messagesFromBeforeTheStartAreIndexed() {
        talk.say(TEA, ANN, "one");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.messages()).hasSize(1);
        }
        long two = talk.say(TEA, ANN, "two");
        talk.edit(TEA, two, "three");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.textsOf(node.messages())).containsExactly("one", "three");
            assertThat(node.textsOf(node.past())).containsExactly("two");
            assertThat(node.meters.get("parley.search.indexed").counter().count())
                    .isBetween(2.0, 3.0);
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .untilAsserted(() -> assertThat(
                                    node.meters.get("parley.search.lag").gauge().value())
                            .isZero());
        }
    }

    @Test
    void anUnreadableTextIsParkedAndBlocksNothing() {
        talk.say(TEA, ANN, FakeTextProtection.DAMAGED);
        talk.say(TEA, BOB, "whole");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.textsOf(node.messages())).containsExactly("whole");
            assertThat(node.index.letters().oldest(node.served(), 10))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.error()).isEqualTo(UnderivableDocument.TEXT_UNREADABLE));
        }
    }
}
