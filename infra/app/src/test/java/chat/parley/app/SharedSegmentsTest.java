package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.ChildJvm;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes share the segments of the projections. One of them is paused until the other has its segments, and later
 * killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedSegmentsTest {
    private static final String[] SETTINGS = {"parley.transparency.enabled=false"};
    /** Two processors with two segments each. */
    private static final int SEGMENTS = 4;

    private static final int MESSAGES = 40;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final SharedEngines engines = SharedEngines.start();
    private ParleyServer survivor;
    private ChildJvm other;
    private int port;

    @BeforeAll
    void start(@TempDir Path directory) {
        survivor = engines.startNode(SETTINGS);
        other = ParleyProcess.start(directory.resolve("data"), directory.resolve("log"), engines.settings(SETTINGS));
        port = ParleyProcess.awaitPort(other);
    }

    @AfterAll
    void stop() {
        other.close();
        survivor.close();
        engines.close();
    }

    /** The number of segments of each owner. */
    private Map<String, Integer> shares() {
        MongoCollection<Document> tokens =
                survivor.bean(MongoDatabaseFactory.class).getMongoDatabase().getCollection("trackingtokens");
        Map<String, Integer> shares = new HashMap<>();
        for (Document token : tokens.find(Filters.exists("owner")).batchSize(100)) {
            shares.merge(token.getString("owner"), 1, Integer::sum);
        }
        return shares;
    }

    private void awaitEvenShares() {
        Awaitility.await()
                .atMost(START_LIMIT)
                .untilAsserted(() -> assertThat(shares().values()).containsExactly(SEGMENTS / 2, SEGMENTS / 2));
    }

    @Test
    @Order(1)
    void aPausedNodeThatWakesWritesOverNothing() {
        awaitEvenShares();
        Map<TestUser, String> talks = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            TestUser one = survivor.newPerson();
            TestUser two = survivor.newPerson();
            talks.put(one, one.startDirect(two));
        }
        send(talks);
        other.pause();
        try {
            send(talks);
            talks.forEach((one, talk) -> expectEntries(one.rest, talk, 2L * MESSAGES));
            assertThat(shares().values()).containsExactly(SEGMENTS);
            send(talks);
        } finally {
            other.continues();
        }
        send(talks);
        awaitEvenShares();
        talks.forEach((one, talk) -> {
            expectEntries(one.rest, talk, 4L * MESSAGES);
            expectEntries(TestUser.logIn(port, one.credentials()).rest, talk, 4L * MESSAGES);
        });
    }

    @Test
    @Order(2)
    void aNewPersonLogsInAtOnceAfterTheOtherNodeWasKilled() {
        awaitEvenShares();
        TestUser before = survivor.newPerson();
        assertThat(TestUser.logIn(port, before.credentials()).id).isEqualTo(before.id);
        other.kill();
        // A login waits at most 5 s for the read model.
        TestUser after = survivor.newPerson();
        assertThat(after.startDirect(before)).isNotEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(shares().values()).containsExactly(SEGMENTS));
    }

    private static void send(Map<TestUser, String> talks) {
        talks.forEach((one, talk) -> {
            try (SocketClient socket = one.connect()) {
                for (int i = 0; i < MESSAGES; i++) {
                    JsonNode answer = socket.ask(TestUser.message(talk, "message " + UUID.randomUUID()));
                    assertThat(answer.path("type").asString())
                            .as(answer.toString())
                            .isEqualTo("ack");
                }
            }
        });
    }

    /** The start of the conversation and its messages, without a gap. */
    private static void expectEntries(ApiClient rest, String conversation, long messages) {
        Awaitility.await().untilAsserted(() -> {
            List<Long> positions = new ArrayList<>();
            rest.get("/conversations/" + conversation + "/entries?limit=200")
                    .expect(200)
                    .path("entries")
                    .forEach(entry -> positions.add(entry.path("position").asLong()));
            assertThat(positions)
                    .isEqualTo(LongStream.rangeClosed(1, messages + 1).boxed().toList());
        });
    }
}
