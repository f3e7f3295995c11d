package chat.parley.search.history.index;

import static chat.parley.search.history.index.RecordedConversation.ANN;
import static chat.parley.search.history.index.RecordedConversation.BOB;
import static chat.parley.search.history.index.RecordedConversation.TEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.Epoch;
import chat.parley.eventprocessing.generation.RebuildFailure;
import chat.parley.eventprocessing.generation.RebuildState;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexCounts;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.generation.RebuildProgress;
import chat.parley.search.history.index.IndexNode.Data;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RebuildTest {
    private static final Query ALL = Query.of(query -> query.matchAll(all -> all));

    private static final Duration SEVERAL_SUPERVISIONS = Duration.ofSeconds(1);

    private final Data data = Data.fresh();
    private final RecordedConversation talk = data.talk();

    private void talk(int messages) {
        IntStream.range(0, messages).forEach(number -> {
            long said = talk.say(TEA, number % 2 == 0 ? ANN : BOB, "message " + number);
            if (number % 10 == 0) {
                talk.edit(TEA, said, "edited " + number);
            }
            if (number % 25 == 0) {
                talk.retract(TEA, said);
            }
        });
    }

    @Test
    void aNewEpochBuildsTheIndexAgain() {
        talk(20);
        Map<String, MessageDocument> before;
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            before = node.messages();
            assertThat(node.served().name()).isEqualTo("g1");
        }
        for (String served : List.of("g2", "g2")) {
            try (IndexNode node = new IndexNode(data, new Epoch("second")).caughtUp()) {
                assertThat(node.messages()).isEqualTo(before);
                assertThat(node.served().name()).isEqualTo(served);
            }
        }
    }

    @Test
    void switchesWithoutAMomentOfFewerHitsWhileMessagesKeepComing() {
        talk(500);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            node.refresh();
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
                int said = 0;
                while (!ended.get()) {
                    talk(10);
                    said += 10;
                    long all = 500L + said;
                    Awaitility.await().atMost(IndexNode.LIMIT).until(() -> node.hits(ALL) == all);
                }
                return said;
            });
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                long before = 0;
                while (!ended.get()) {
                    long hits = node.hits(ALL);
                    assertThat(hits).isGreaterThanOrEqualTo(before);
                    before = hits;
                }
            });
            assertThat(node.index.rebuilds().begin().state()).isEqualTo(RebuildState.FILLING);
            assertThatThrownBy(node.index.rebuilds()::begin)
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.REBUILD_RUNNING));
            RebuildProgress done = node.ended();
            ended.set(true);
            reader.join();
            int said = writer.join();
            assertThat(done.state()).isEqualTo(RebuildState.DONE);
            assertThat(done.serving()).isEqualTo("g2");
            assertThat(done.indexed()).isGreaterThanOrEqualTo(500);
            node.caughtUp();
            node.refresh();
            assertThat(node.hits(ALL)).isEqualTo(500 + said);
            assertThat(node.index.check().of(TEA).counts()).isEmpty();
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.tokens().fetchSegments("search@g1").length == 0);
        }
    }

    @Test
    void thatDoesNotHoldWhatTheEventsSayLeavesTheOneBefore() {
        talk(200);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            CountDownLatch gate = talk.protection().hold();
            node.index.rebuilds().begin();
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.generations().findFilling().isPresent());
            invent(node);
            gate.countDown();
            RebuildProgress failed = node.ended();
            assertThat(failed.state()).isEqualTo(RebuildState.FAILED);
            assertThat(failed.failure()).isEqualTo(RebuildFailure.COUNTS_DIFFER);
            assertThat(failed.serving()).isEqualTo("g1");
            assertThat(node.messages()).hasSize(200);
            talk.say(TEA, ANN, "goes on");
            node.caughtUp();
            assertThat(node.messages()).hasSize(201);
        }
    }

    /** Adds a document to the generation that is filled, of which no event tells. */
    private void invent(IndexNode node) {
        Generation next = new Generation(data.family(), 2);
        node.engine.ask(client -> client.index(index -> index.index(next.messages())
                .id("invented")
                .document(new MessageDocument("x", 1, 1, "x", 1, 1, null, null, null, false, "x", null, null, false))));
    }

    @Test
    void ofWhichTheIndexesAreNotTakenLeavesTheOneBefore() {
        talk(10);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.messages()).hasSize(10);
        }
        try (IndexNode node = new IndexNode(data, IndexNode.CURRENT.replace("nori_tokenizer", "no_such_tokenizer"))) {
            node.index.rebuilds().begin();
            assertThat(node.ended().failure()).isEqualTo(RebuildFailure.INDEX_REFUSED);
            assertThat(node.messages()).hasSize(10);
        }
    }

    @Test
    void goesOnAfterARestartAndEndsWhenItIsGivenUp() {
        talk(100);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            node.index.rebuilds().begin();
        }
        try (IndexNode node = new IndexNode(data)) {
            assertThat(node.ended().serving()).isEqualTo("g2");
            node.caughtUp();
            node.index.rebuilds().begin();
            node.index.rebuilds().cancel();
            RebuildProgress ended = node.ended();
            assertThat(ended.failure()).isEqualTo(RebuildFailure.GIVEN_UP);
            assertThat(ended.serving()).isEqualTo("g2");
            assertThatThrownBy(node.index.rebuilds()::cancel).isInstanceOf(Refused.class);
            assertThat(node.messages()).hasSize(100);
        }
    }

    @Test
    void ofAnotherFormatBeginsByItself() {
        talk(20);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.served().name()).isEqualTo("g1");
        }
        try (IndexNode node = new IndexNode(data, IndexNode.ofFormat(1001))) {
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.rebuilds().progress().serving().equals("g2"));
            assertThat(node.messages()).hasSize(20);
        }
    }

    @Test
    void tellsItsOutcomeAfterARestart() {
        talk(50);
        RebuildProgress failed;
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            CountDownLatch gate = talk.protection().hold();
            node.index.rebuilds().begin();
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.generations().findFilling().isPresent());
            invent(node);
            gate.countDown();
            failed = node.ended();
            assertThat(failed.failure()).isEqualTo(RebuildFailure.COUNTS_DIFFER);
            assertThat(failed.served()).isNotEqualTo(failed.filled());
        }
        try (IndexNode node = new IndexNode(data)) {
            assertThat(node.ended()).isEqualTo(failed);
        }
    }

    @Test
    void ofAnotherFormatThatHasFailedIsNotRepeatedAfterARestart() {
        talk(10);
        String refused = IndexNode.ofFormat(1001).replace("nori_tokenizer", "no_such_tokenizer");
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            assertThat(node.served().name()).isEqualTo("g1");
        }
        RebuildProgress failed;
        try (IndexNode node = new IndexNode(data, refused)) {
            failed = Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(node.index.rebuilds()::progress, progress -> progress.state() == RebuildState.FAILED);
            assertThat(failed.failure()).isEqualTo(RebuildFailure.INDEX_REFUSED);
            assertThat(failed.generation()).isEqualTo("g2");
        }
        try (IndexNode node = new IndexNode(data, IndexNode.ofFormat(1001))) {
            node.caughtUp();
            Awaitility.await()
                    .during(SEVERAL_SUPERVISIONS)
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.rebuilds().progress().equals(failed));
            node.index.rebuilds().begin();
            assertThat(node.ended().serving()).isEqualTo("g3");
            assertThat(node.messages()).hasSize(10);
        }
        try (IndexNode node = new IndexNode(data, IndexNode.ofFormat(1002))) {
            Awaitility.await()
                    .atMost(IndexNode.LIMIT)
                    .until(() -> node.index.rebuilds().progress().serving().equals("g4"));
        }
    }

    @Test
    void readsThePointerOfAnEarlierVersion() {
        talk(10);
        try (IndexNode node = new IndexNode(data).caughtUp()) {
            node.engine.ask(client -> client.index(index ->
                    index.index(data.family().generations()).id("search").withJson(new StringReader("""
                            {"active": 1, "last": 2, "outcome": {"generation": 2, "at": 1000, "failure": "more-rejected",
                             "served": {"events": 1, "messages": 2, "retracted": 3, "past": 4, "rejected": 5},
                             "filled": {"events": 6, "messages": 7, "retracted": 8, "past": 9, "rejected": 10}}}
                            """))));
            RebuildProgress ended = node.index.rebuilds().progress();
            assertThat(ended.state()).isEqualTo(RebuildState.FAILED);
            assertThat(ended.failure()).isEqualTo(RebuildFailure.MORE_REJECTED);
            assertThat(ended.ended()).isEqualTo(Instant.ofEpochSecond(1));
            assertThat(ended.served()).isEqualTo(new IndexCounts(1, 2, 3, 4, 5));
            assertThat(ended.filled()).isEqualTo(new IndexCounts(6, 7, 8, 9, 10));
            node.index.rebuilds().begin();
            assertThat(node.ended().serving()).isEqualTo("g3");
        }
    }

    /** An index of a format without signs finds words until it is rebuilt, and signs from then on. */
    @Test
    void ofTheFormatOfBeforeIsSearchedMeanwhile() throws IOException {
        talk.say(TEA, ANN, "git push --force");
        Query words = phrase(Fields.TEXT, "git push");
        Query signs = phrase(Fields.TEXT_SIGNS, "push --force");
        try (IndexNode node = new IndexNode(data, before()).caughtUp()) {
            node.refresh();
            assertThat(node.hits(words)).isOne();
            assertThat(node.hits(signs)).isZero();
        }
        try (IndexNode node = new IndexNode(data)) {
            Awaitility.await().atMost(IndexNode.LIMIT).until(() -> node.hits(words) == 1 && node.hits(signs) == 1);
            assertThat(node.ended().serving()).isEqualTo("g2");
        }
    }

    private static Query phrase(String field, String text) {
        return Query.of(query -> query.matchPhrase(match -> match.field(field).query(text)));
    }

    private static String before() throws IOException {
        try (InputStream definition = RebuildTest.class.getResourceAsStream("/index/messages-format-2.json")) {
            return new String(Objects.requireNonNull(definition).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
