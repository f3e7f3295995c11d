package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.BOB;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.index.IndexNode.Data;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tests run at the same time, because Elasticsearch lets three of them wait for half a minute. */
@Execution(ExecutionMode.CONCURRENT)
class RemovingTextsTest {
    private static final Query WITH_TEXT = Query.of(query -> query.exists(exists -> exists.field(Fields.TEXT)));

    /** Slow enough for several bulks during the writing. */
    private static final long PACE_NANOS = 2_000_000;

    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();
    /** One word of the index, which its files show in clear. */
    private final String secret = "secret" + UUID.randomUUID().toString().replace("-", "");

    private void awaitErased(IndexNode node) {
        Awaitility.await().atMost(IndexNode.LIMIT.multipliedBy(2)).until(() -> node.erased.contains(ANN));
    }

    @Test
    void anErasedUsersTextsLeaveTheDocumentsAndTheFiles() {
        long said = talk.say(TEA, ANN, "one " + secret);
        talk.edit(TEA, said, "two " + secret);
        long retracted = talk.say(TEA, ANN, "three " + secret);
        talk.retract(TEA, retracted);
        talk.say(TEA, BOB, "tea at five");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            node.flush();
            assertThat(data.server().filesWith(secret)).isNotEmpty();
            talk.erase(ANN);
            node.caughtUp();
            assertThat(node.textsOf(node.messages())).containsExactlyInAnyOrder("null", "null", "tea at five");
            assertThat(node.textsOf(node.past())).containsExactly("null", "null");
            assertThat(node.index.check().of(TEA).counts()).isEmpty();
            awaitErased(node);
            assertThat(node.replacedDocuments()).isZero();
            assertThat(data.server().filesWith(secret)).isEmpty();
        }
    }

    @Test
    void aWriteThatArrivesAfterTheRemovalIsOutdated() {
        long said = talk.say(TEA, ANN, secret);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            MessageDocument written = node.message(said);
            talk.erase(ANN);
            String index = node.caughtUp().served().messages();
            assertThatThrownBy(() -> data.server()
                            .client()
                            .index(write -> write.index(index)
                                    .id(TEA + ":" + said)
                                    .versionType(VersionType.External)
                                    .version(said)
                                    .document(written)))
                    .isInstanceOfSatisfying(
                            ElasticsearchException.class,
                            refused -> assertThat(refused.status()).isEqualTo(409));
            assertThat(node.message(said).text()).isNull();
        }
    }

    @Test
    void aTextThatWasRevealedBeforeTheErasureAndIsWrittenAfterItIsRemoved() {
        talk.say(TEA, BOB, "tea at five");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            CountDownLatch written = talk.protection().holdRevealed();
            long said = talk.say(TEA, ANN, secret);
            Awaitility.await().atMost(IndexNode.LIMIT).until(talk.protection()::isHeld);
            talk.erase(ANN);
            written.countDown();
            node.caughtUp();
            assertThat(node.message(said).text()).isNull();
        }
    }

    /** One bulk after another is written while the erasure is ordered and carried out. */
    @Test
    void textsOfBulksInFlightAreRemoved() throws Exception {
        talk.say(TEA, BOB, "tea at five");
        try (IndexNode node = new IndexNode(data).caughtUp();
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            AtomicInteger said = new AtomicInteger();
            Future<?> writing = writer.submit(() -> writeUntilErased(said));
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.messages().size() > 100);
            talk.erase(ANN);
            assertThatThrownBy(writing::get).hasCauseInstanceOf(Refused.class);
            talk.say(TEA, BOB, "cake at six");
            node.caughtUp();
            assertThat(node.hits(WITH_TEXT)).isEqualTo(said.get() + 2L);
            awaitErased(node);
            assertThat(node.index.check().of(TEA).counts()).isEmpty();
            assertThat(data.server().filesWith(secret)).isEmpty();
        }
    }

    /** Ends by itself, so that a test that fails does not wait for it. */
    private void writeUntilErased(AtomicInteger ofBob) {
        for (int round = 0; round < 10_000; round++) {
            LockSupport.parkNanos(PACE_NANOS);
            long first = talk.say(TEA, ANN, "one " + secret);
            talk.edit(TEA, first, "two " + secret);
            talk.say(TEA, BOB, "tea at " + ofBob.incrementAndGet());
            talk.retract(TEA, talk.say(TEA, ANN, "three " + secret));
        }
    }

    @Test
    void aRebuildDuringAnErasureBringsNoTextBack() {
        long said = talk.say(TEA, ANN, secret);
        talk.edit(TEA, said, "again " + secret);
        talk.say(TEA, BOB, "tea at five");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            CountDownLatch written = talk.protection().holdRevealed();
            node.index.rebuilds().begin();
            Awaitility.await().atMost(IndexNode.LIMIT).until(talk.protection()::isHeld);
            talk.erase(ANN);
            written.countDown();
            assertThat(node.ended().state()).isEqualTo(RebuildState.DONE);
            assertThat(node.served().name()).isEqualTo("g2");
            assertThat(node.textsOf(node.messages())).containsExactly("null", "tea at five");
            assertThat(node.textsOf(node.past())).containsExactly("null");
            assertThat(node.index.check().of(TEA).counts()).isEmpty();
        }
    }

    @Test
    void theErasureIsReportedAfterARestart() {
        talk.say(TEA, ANN, secret);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            talk.erase(ANN);
            node.caughtUp();
            assertThat(node.erased).isEmpty();
        }
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            awaitErased(node);
            assertThat(data.server().filesWith(secret)).isEmpty();
        }
    }

    @Test
    void expiredTextsOfTheConversationAreRemoved() {
        long old = talk.say(TEA, ANN, "old");
        long edited = talk.say(TEA, BOB, "old too");
        long young = talk.say(TEA, ANN, "young");
        long edit = talk.edit(TEA, edited, "edited");
        talk.say(RecordedConversation.ELSEWHERE, ANN, "elsewhere");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            talk.expire(TEA, young);
            node.caughtUp();
            assertThat(node.message(old).text()).isNull();
            assertThat(node.message(young).text()).isEqualTo("young");
            assertThat(node.message(edited).version()).isEqualTo(edit);
            assertThat(node.message(edited).text()).isEqualTo("edited");
            assertThat(node.past(edited, edited).text()).isNull();
            assertThat(node.textsOf(node.messages())).contains("elsewhere");
        }
    }
}
