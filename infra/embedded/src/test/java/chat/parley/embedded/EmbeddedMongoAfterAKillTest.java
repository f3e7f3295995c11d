package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.mongodb.EmbeddedMongo;
import chat.parley.embedded.process.DataDirectory;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoAfterAKillTest {
    private static final int WRITERS = 4;
    private static final int KILLS = 20;

    @TempDir
    Path temp;

    @Test
    void everyDocumentIsCompleteOrMissing() throws Exception {
        AtomicInteger written = new AtomicInteger();
        List<Path> leftBehind = new ArrayList<>();
        Path data = temp.resolve("data");
        try (DataDirectory directory = DataDirectory.open(data);
                EmbeddedMongo engine = EmbeddedMongo.start(directory, Duration.ofMillis(2));
                MongoClient client = MongoClients.create(engine.connectionString());
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(writers.submit(() -> {
                    while (!stop.get()) {
                        things(client).bulkWrite(List.of(upsert(written.getAndIncrement())));
                    }
                }));
            }
            Path file = data.resolve("read-side").resolve(EmbeddedMongo.FILE);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    long before = Files.size(file);
                    Awaitility.await().until(() -> Files.size(file) > before);
                    // A copy of the file is what a killed process would leave.
                    Path copy = Files.createDirectories(
                                    temp.resolve("killed-" + kill).resolve("read-side"))
                            .resolve(EmbeddedMongo.FILE);
                    Files.copy(file, copy);
                    leftBehind.add(temp.resolve("killed-" + kill));
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        for (Path killed : leftBehind) {
            try (DataDirectory directory = DataDirectory.open(killed);
                    EmbeddedMongo engine = EmbeddedMongo.start(directory);
                    MongoClient client = MongoClients.create(engine.connectionString())) {
                MongoCollection<Document> things = things(client);
                things.bulkWrite(IntStream.range(0, written.get())
                        .mapToObj(EmbeddedMongoAfterAKillTest::upsert)
                        .toList());
                assertThat(things.countDocuments()).isEqualTo(written.get());
            }
            assertThat(killed.resolve("read-side").resolve(EmbeddedMongo.FILE + ".unreadable"))
                    .doesNotExist();
        }
    }

    @Test
    void aJournaledWriteIsThereAtOnceWithEverythingBefore() throws Exception {
        Path killed = temp.resolve("killed");
        try (DataDirectory directory = DataDirectory.open(temp.resolve("data"));
                EmbeddedMongo engine = EmbeddedMongo.start(directory, Duration.ofHours(1));
                MongoClient client = MongoClients.create(engine.connectionString())) {
            MongoCollection<Document> things = things(client);
            things.insertOne(new Document("_id", "before"));
            things.withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                    .updateOne(Filters.eq("_id", "order"), Updates.set("value", 1), new UpdateOptions().upsert(true));
            things.insertOne(new Document("_id", "after"));
            Path copy = Files.createDirectories(killed.resolve("read-side")).resolve(EmbeddedMongo.FILE);
            Files.copy(temp.resolve("data").resolve("read-side").resolve(EmbeddedMongo.FILE), copy);
        }
        try (DataDirectory directory = DataDirectory.open(killed);
                EmbeddedMongo engine = EmbeddedMongo.start(directory);
                MongoClient client = MongoClients.create(engine.connectionString())) {
            assertThat(things(client).find().map(thing -> thing.getString("_id")))
                    .containsExactlyInAnyOrder("before", "order");
        }
    }

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("parley").getCollection("things");
    }

    private static WriteModel<Document> upsert(int id) {
        return new UpdateOneModel<>(
                Filters.eq("_id", "thing-" + id), Updates.set("value", id), new UpdateOptions().upsert(true));
    }
}
