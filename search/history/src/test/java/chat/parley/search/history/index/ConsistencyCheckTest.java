package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.BOB;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.document.DocumentKind;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.EngineRejected;
import chat.parley.search.history.index.IndexNode.Data;
import chat.parley.search.history.operator.CheckReport;
import chat.parley.search.history.operator.CheckReport.Difference;
import chat.parley.search.history.operator.CheckReport.Kind;
import co.elastic.clients.elasticsearch._types.VersionType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConsistencyCheckTest {
    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();

    @Test
    void findsEachDifferenceAndNothingElse() {
        long missing = talk.say(TEA, ANN, "missing");
        long stale = talk.say(TEA, ANN, "stale");
        long edit = talk.edit(TEA, stale, "edited");
        long standing = talk.say(TEA, ANN, "retracted");
        long retraction = talk.retract(TEA, standing);
        long wrong = talk.say(TEA, BOB, "wrong");
        long other = talk.say(TEA, BOB, "other sender");
        long erased = talk.say(TEA, ANN, "erased later");
        long forgotten = talk.say(TEA, BOB, "past is forgotten");
        talk.edit(TEA, forgotten, "past was forgotten");
        for (int i = 0; i < 600; i++) {
            talk.say(TEA, BOB, "more " + i);
        }
        talk.say(new ConversationId("c-other"), ANN, "another talk");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            CheckReport clean = node.index.check().of(TEA);
            assertThat(clean.counts()).isEmpty();
            assertThat(clean.messages()).isEqualTo(607);
            assertThat(clean.past()).isEqualTo(3);

            Generation served = node.served();
            forgetDeletions(node, served);
            delete(node, served.messages(), "c-tea:" + missing);
            put(node, served.messages(), document(stale, stale, "stale"), 0);
            put(node, served.messages(), document(standing, standing, "retracted"), 0);
            put(node, served.messages(), document(wrong, wrong, "another"), 0);
            put(node, served.messages(), document(1, 1, "not a message"), 0);
            put(node, served.past(), document(wrong, wrong, "still stands"), wrong + 1);
            put(node, served.past(), document(wrong, other, "never was"), wrong + 1);
            delete(node, served.past(), "c-tea:" + forgotten + ":" + forgotten);
            MessageDocument right = node.message(other);
            put(
                    node,
                    served.messages(),
                    new MessageDocument(
                            right.conversation(),
                            other,
                            other,
                            "cat",
                            right.at(),
                            right.since(),
                            null,
                            null,
                            null,
                            false,
                            right.text(),
                            right.mentions(),
                            null,
                            false),
                    0);
            talk.protection().destroy(ANN);

            CheckReport report = node.index.check().of(TEA);
            assertThat(report.differences())
                    .containsExactlyInAnyOrder(
                            new Difference(Kind.MISSING, DocumentKind.MESSAGE, missing, missing),
                            new Difference(Kind.STALE, DocumentKind.MESSAGE, stale, edit),
                            new Difference(Kind.WRONG_TEXT, DocumentKind.MESSAGE, stale, stale),
                            new Difference(Kind.EXTRA, DocumentKind.PAST, stale, stale),
                            new Difference(Kind.NOT_RETRACTED, DocumentKind.MESSAGE, standing, retraction),
                            new Difference(Kind.WRONG_TEXT, DocumentKind.MESSAGE, standing, standing),
                            new Difference(Kind.EXTRA, DocumentKind.PAST, standing, standing),
                            new Difference(Kind.WRONG_TEXT, DocumentKind.MESSAGE, wrong, wrong),
                            new Difference(Kind.EXTRA, DocumentKind.PAST, wrong, wrong),
                            new Difference(Kind.WRONG_FIELDS, DocumentKind.MESSAGE, other, other),
                            new Difference(Kind.WRONG_TEXT, DocumentKind.MESSAGE, erased, erased),
                            new Difference(Kind.MISSING, DocumentKind.PAST, forgotten, forgotten),
                            new Difference(Kind.EXTRA, DocumentKind.MESSAGE, 1, 1),
                            new Difference(Kind.EXTRA, DocumentKind.PAST, wrong, other));
            assertThat(report.toString()).doesNotContain("erased later", "still stands", "another");
        }
    }

    @Test
    void ofAMissingConversationIsRefused() {
        try (IndexNode node = new IndexNode(data)) {
            assertThatThrownBy(() -> node.index.check().of(new ConversationId("nowhere")))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.CONVERSATION_NOT_FOUND));
        }
    }

    private static MessageDocument document(long position, long version, String text) {
        return new MessageDocument(
                TEA.value(), position, version, "ann", 1, 1, null, null, null, false, text, null, null, false);
    }

    /** Otherwise Elasticsearch would refuse a document older than the deleted one. */
    private static void forgetDeletions(IndexNode node, Generation generation) {
        node.engine.ask(client -> client.indices()
                .putSettings(put -> put.index(generation.messages(), generation.past())
                        .settings(settings -> settings.gcDeletes(time -> time.time("0s")))));
    }

    private static void put(IndexNode node, String index, MessageDocument document, long entry) {
        boolean past = entry > 0;
        String message = "c-tea:" + document.position();
        String id = past ? message + ":" + document.version() : message;
        delete(node, index, id);
        // Elasticsearch's clock for forgetting deletions advances in steps.
        Awaitility.await()
                .atMost(IndexNode.LIMIT)
                .ignoreException(EngineRejected.class)
                .until(
                        () -> {
                            node.refresh();
                            return node.engine
                                    .ask(client -> client.index(write -> write.index(index)
                                            .id(id)
                                            .version(past ? entry : document.version())
                                            .versionType(VersionType.External)
                                            .document(document)))
                                    .version();
                        },
                        version -> version != null);
    }

    private static void delete(IndexNode node, String index, String id) {
        node.engine.ask(client -> client.delete(delete -> delete.index(index).id(id)));
    }
}
