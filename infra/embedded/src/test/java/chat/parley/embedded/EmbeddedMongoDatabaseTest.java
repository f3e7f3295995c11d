package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.mongodb.AtomicCommandBackend;
import chat.parley.embedded.mongodb.DocumentType;
import chat.parley.embedded.mongodb.EmbeddedMongoServer;
import chat.parley.embedded.mongodb.KeyValueType;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoDatabaseTest {
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final int DOCUMENTS = 500;
    private static final int CHANGES = 2_000;

    @TempDir
    private Path directory;

    @Test
    void opensItsMapsWithItsOwnTypesAlsoAgain() {
        String file = directory.resolve("store.mv").toString();
        try (Served served = new Served(MVStore.open(file))) {
            served.things().createIndex(Indexes.ascending("a", "b"), new IndexOptions().unique(true));
            IntStream.range(0, DOCUMENTS)
                    .forEach(i -> served.things()
                            .insertOne(new Document("_id", "id" + i)
                                    .append("a", "a" + i % 7)
                                    .append("b", i)));
            served.check();
        }
        try (Served served = new Served(MVStore.open(file))) {
            served.check();
            served.things().deleteOne(Filters.eq("_id", "id77"));
            assertThat(served.things().countDocuments()).isEqualTo(DOCUMENTS - 1L);
        }
    }

    @Test
    void findsByIdOnlyDocumentsThatMatchTheWholeQuery() {
        try (Served served = new Served(MVStore.open(null))) {
            IntStream.range(0, DOCUMENTS)
                    .forEach(i -> served.things().insertOne(new Document("_id", "id" + i).append("a", i % 7)));
            assertThat(served.found(Filters.and(Filters.eq("_id", "id8"), Filters.eq("a", 1))))
                    .containsExactly("id8");
            assertThat(served.found(new Document("_id", "id8").append("a", 1))).containsExactly("id8");
            assertThat(served.found(Filters.and(Filters.eq("_id", "id8"), Filters.eq("a", 2))))
                    .isEmpty();
            assertThat(served.found(Filters.and(Filters.eq("a", 1), Filters.in("_id", "id1", "id2", "id8"))))
                    .containsExactlyInAnyOrder("id1", "id8");
            assertThat(served.found(Filters.and(Filters.eq("_id", "id1"), Filters.eq("_id", "id8"))))
                    .isEmpty();
            assertThat(served.found(Filters.or(Filters.eq("_id", "id1"), Filters.eq("_id", "id8"))))
                    .containsExactlyInAnyOrder("id1", "id8");
            assertThat(served.found(Filters.and(Filters.gt("_id", "id497"), Filters.gte("a", 0))))
                    .contains("id498", "id499");
            assertThat(served.found(Filters.eq("a", 1))).hasSize(DOCUMENTS / 7 + 1);
        }
    }

    @Test
    void changesADocumentOnlyIfItIsUnchangedSinceTheRead() {
        try (Served served = new Served(MVStore.open(null))) {
            served.things().insertOne(new Document("_id", "id").append("v", 1));
            Document change = new Document("$set", new Document("v", 2));
            assertThat(served.things()
                            .updateOne(Filters.and(Filters.eq("_id", "id"), Filters.eq("v", 1)), change)
                            .getModifiedCount())
                    .isEqualTo(1);
            assertThat(served.things()
                            .updateOne(Filters.and(Filters.eq("_id", "id"), Filters.eq("v", 1)), change)
                            .getMatchedCount())
                    .isZero();
        }
    }

    @Test
    void aReplyInProgressIsNotChanged() throws Exception {
        try (Served served = new Served(MVStore.open(null));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Document wide = new Document("_id", "id");
            IntStream.range(0, DOCUMENTS).forEach(i -> wide.append("f" + i, i));
            served.things().insertOne(wide);
            Future<?> changing = executor.submit(() -> {
                for (int i = 0; i < CHANGES; i++) {
                    String change = i % 2 == 0 ? "$unset" : "$set";
                    served.things()
                            .updateOne(
                                    Filters.eq("_id", "id"),
                                    new Document(change, new Document("one", i).append("other", i)));
                }
            });
            while (!changing.isDone()) {
                Document seen = served.things().find(Filters.eq("_id", "id")).first();
                assertThat(seen).hasSizeGreaterThan(DOCUMENTS);
                assertThat(seen.get("one")).isEqualTo(seen.get("other"));
            }
            changing.get();
        }
    }

    @Test
    void ordersIndexKeysOfAnyTypesConsistently() {
        KeyValueType type = new KeyValueType();
        List<KeyValue> keys = Stream.of("", "a", "b", 1, 2, 1.5, 3L, true, null)
                .flatMap(value -> Stream.of(
                        new KeyValue(Arrays.asList(value)),
                        new KeyValue(Arrays.asList(value, "x")),
                        new KeyValue(Arrays.asList("x", value))))
                .sorted(type)
                .toList();
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < keys.size(); j++) {
                assertThat(Integer.signum(type.compare(keys.get(i), keys.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
            WriteBuffer written = new WriteBuffer();
            type.write(written, keys.get(i));
            assertThat(type.read(written.getBuffer().flip())).isEqualTo(keys.get(i));
        }
    }

    @Test
    void readsDocumentsAsTheyWereWritten() {
        DocumentType type = new DocumentType();
        WriteBuffer written = new WriteBuffer();
        List<de.bwaldvogel.mongo.bson.Document> documents = List.of(
                stored(),
                stored("_id", "안녕", "n", 1L, "i", 2, "d", 0.5, "b", true, "none", null),
                stored("list", List.of(1L, "x", stored("deep", 7L))));
        documents.forEach(document -> type.write(written, document));
        ByteBuffer in = written.getBuffer().flip();
        for (de.bwaldvogel.mongo.bson.Document document : documents) {
            assertThat(type.read(in)).isEqualTo(document);
            assertThat(type.getMemory(document)).isPositive();
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    private static de.bwaldvogel.mongo.bson.Document stored(@Nullable Object... fields) {
        de.bwaldvogel.mongo.bson.Document document = new de.bwaldvogel.mongo.bson.Document();
        for (int i = 0; i < fields.length; i += 2) {
            document.put((String) fields[i], fields[i + 1]);
        }
        return document;
    }

    private static final class Served implements AutoCloseable {
        private final MVStore store;
        private final EmbeddedMongoServer server;
        private final MongoClient client;

        Served(MVStore store) {
            this.store = store;
            server = EmbeddedMongoServer.start(AtomicCommandBackend.start(store, SELDOM));
            client = MongoClients.create("mongodb://127.0.0.1:" + server.port()
                    + "/?retryWrites=false&retryReads=false&socketTimeoutMS=10000");
        }

        MongoCollection<Document> things() {
            return client.getDatabase("things").getCollection("things");
        }

        List<String> found(Bson query) {
            return things().find(query)
                    .map(document -> document.getString("_id"))
                    .into(new ArrayList<>());
        }

        void check() {
            IntStream.range(0, DOCUMENTS).forEach(i -> {
                assertThat(things().find(Filters.eq("_id", "id" + i)).first()).containsEntry("b", i);
                assertThat(things().find(Filters.and(Filters.eq("a", "a" + i % 7), Filters.eq("b", i)))
                                .first())
                        .containsEntry("_id", "id" + i);
            });
            assertThat(store.openMap("databases.things.things").getValueType()).isInstanceOf(DocumentType.class);
            List<String> indexes = store.getMapNames().stream()
                    .filter(name -> name.contains("things._index_"))
                    .toList();
            assertThat(indexes).hasSize(2).allSatisfy(name -> {
                MVMap<?, ?> map = store.openMap(name);
                assertThat(map.getKeyType()).isInstanceOf(KeyValueType.class);
                assertThat(map.size()).isEqualTo(DOCUMENTS);
            });
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
