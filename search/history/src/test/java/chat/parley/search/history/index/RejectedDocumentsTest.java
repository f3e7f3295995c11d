package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.BOB;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.MessageKey;
import chat.parley.search.history.index.IndexNode.Data;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RejectedDocumentsTest {
    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();

    /** A mapping that rejects replies. */
    static String withoutReplies() {
        ObjectNode definition = (ObjectNode) JsonMapper.shared().readTree(IndexNode.CURRENT);
        ((ObjectNode) definition.at("/mappings/properties")).remove(Fields.REPLY_TO);
        return definition.toString();
    }

    @Test
    void areParkedWhileOthersAreIndexedAndWrittenOnceAccepted() {
        long tea = talk.say(TEA, ANN, "tea?");
        long reply = talk.reply(TEA, BOB, "yes", tea);
        long edit = talk.edit(TEA, reply, "yes, please");
        talk.say(TEA, ANN, "cake?");
        try (IndexNode node = new IndexNode(data, withoutReplies()).caughtUp()) {
            assertThat(node.textsOf(node.messages())).containsExactly("tea?", "cake?");
            DeadLetters letters = node.index.letters();
            assertThat(letters.oldest(node.served(), 10))
                    .extracting(DeadLetter::key)
                    .containsExactlyInAnyOrder(
                            DocumentKey.past(new MessageKey(TEA, reply), reply, edit),
                            DocumentKey.message(new MessageKey(TEA, reply), edit));
            assertThat(letters.oldest(node.served(), 10).getFirst().error())
                    .isEqualTo("strict_dynamic_mapping_exception");
            // The version is known, although its document was rejected.
            long last = talk.edit(TEA, reply, "no, thanks");
            node.caughtUp();
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .untilAsserted(() -> assertThat(letters.oldest(node.served(), 10))
                            .anyMatch(letter -> letter.attempts() > 2)
                            .extracting(DeadLetter::key)
                            .contains(DocumentKey.past(new MessageKey(TEA, reply), edit, last)));

            allowReplies(node);
            letters.hasten(node.served());
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .untilAsserted(
                            () -> assertThat(letters.count(node.served())).isZero());
            assertThat(node.textsOf(node.messages())).containsExactly("tea?", "no, thanks", "cake?");
            assertThat(node.textsOf(node.past())).containsExactly("yes", "yes, please");
            assertThat(node.index.check().of(TEA).differences()).isEmpty();
        }
    }

    private static void allowReplies(IndexNode node) {
        Generation served = node.served();
        node.engine.ask(client -> client.indices()
                .putMapping(put -> put.index(served.messages(), served.past())
                        .properties(Fields.REPLY_TO, property -> property.long_(number -> number))));
    }
}
