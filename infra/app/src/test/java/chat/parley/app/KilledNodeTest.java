package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.ChildJvm;
import chat.parley.testing.TestZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One of the nodes over a shared PostgreSQL starts, and later dies or pauses, while people talk on all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledNodeTest {
    private static final int GRACE_SECONDS = 8;
    private static final int MESSAGES = 200;

    private final SharedEngines engines = SharedEngines.start();
    private final TestZooKeeper zooKeeper = TestZooKeeper.start();
    private ParleyServer survivor;

    @BeforeAll
    void start() {
        survivor = engines.startNode(node("survivor"));
    }

    @AfterAll
    void stop() {
        survivor.close();
        zooKeeper.close();
        engines.close();
    }

    private String[] node(String name) {
        return new String[] {
            "parley.discovery.zookeeper=" + zooKeeper.address(),
            "parley.gateway.url=" + urlOf(name),
            "parley.transparency.enabled=false",
            "parley.push.heartbeat-seconds=1",
            "parley.push.offline-after-seconds=" + GRACE_SECONDS
        };
    }

    private static String urlOf(String node) {
        return "wss://" + node + ".example/ws";
    }

    private List<String> listed() {
        return survivor.newPerson()
                .rest
                .get("/gateways")
                .expect(200)
                .path("gateways")
                .valueStream()
                .map(gateway -> gateway.path("url").asString())
                .toList();
    }

    @Test
    void nothingIsLostOrDoubledAndOnlyItsPeopleGoOffline(@TempDir Path directory) {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        TestUser carol = survivor.newPerson();
        String conversation = alice.startDirect(bob);
        try (SocketClient atSurvivor = alice.connect();
                ChildJvm doomed = ParleyProcess.start(
                        directory.resolve("data"), directory.resolve("log"), engines.settings(node("doomed")))) {
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                heartbeat(atSurvivor);
                return doomed.output().contains(" is ready after ");
            });
            int port = ParleyProcess.awaitPort(doomed);

            // Everybody at the survivor was connected before the other node started, and stays online.
            Awaitility.await()
                    .during(Duration.ofSeconds(2 * GRACE_SECONDS))
                    .atMost(ParleyServer.PATIENCE)
                    .until(() -> {
                        heartbeat(atSurvivor);
                        return status(bob, alice).equals("online");
                    });

            TestUser bobAnew = TestUser.logIn(port, bob.credentials());
            SocketClient bobThere = bobAnew.connect();
            SocketClient carolThere = TestUser.logIn(port, carol.credentials()).connect();
            Awaitility.await().until(() -> status(alice, carol).equals("online"));
            List<Map<String, Object>> ofAlice = messages(conversation, "alice");
            List<Map<String, Object>> ofBob = messages(conversation, "bob");
            for (int i = 0; i < MESSAGES; i++) {
                atSurvivor.send(ofAlice.get(i));
                bobThere.send(ofBob.get(i));
            }
            assertThat(bobThere.answerTo(ofBob.getFirst()).path("type").asString())
                    .isEqualTo("ack");

            Awaitility.await().until(() -> listed().contains(urlOf("doomed")));
            doomed.kill();

            TestUser bobHere = bobAnew.on(survivor);
            try (SocketClient bobBack = bobHere.connect()) {
                for (Map<String, Object> message : ofBob) {
                    assertThat(bobBack.ask(message).path("type").asString()).isEqualTo("ack");
                }
                for (Map<String, Object> message : ofAlice) {
                    assertThat(atSurvivor.answerTo(message).path("type").asString())
                            .isEqualTo("ack");
                }
                expectEveryMessageOnceInOrder(atSurvivor, ofAlice, ofBob);
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
                    heartbeat(atSurvivor);
                    heartbeat(bobBack);
                    return status(alice, carol).equals("offline");
                });
                assertThat(status(alice, bob)).isEqualTo("online");
                Awaitility.await().until(() -> listed().equals(List.of(urlOf("survivor"))));
                assertThat(status(bobHere, alice)).isEqualTo("online");
            }
            carolThere.close();
            bobThere.close();
        }
    }

    @Test
    void aNodeThatWakesAfterItsLeaseEndsNobodyWhoHasMovedOn(@TempDir Path directory) {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        try (ChildJvm paused = ParleyProcess.start(
                directory.resolve("data"), directory.resolve("log"), engines.settings(node("paused")))) {
            int port = ParleyProcess.awaitPort(paused);
            TestUser bobThere = TestUser.logIn(port, bob.credentials());
            SocketClient before = bobThere.connect();
            Awaitility.await().until(() -> status(alice, bob).equals("online") && listed().contains(urlOf("paused")));

            paused.pause();
            try (SocketClient bobHere = bobThere.on(survivor).connect()) {
                // Nobody has heard of the paused node for so long that its leases have ended.
                Awaitility.await().until(() -> {
                    heartbeat(bobHere);
                    return engines.leases() == 1 && !listed().contains(urlOf("paused"));
                });
                paused.continues();
                Awaitility.await().until(() -> {
                    heartbeat(bobHere);
                    return engines.leases() == 2 && listed().contains(urlOf("paused"));
                });
                Awaitility.await()
                        .during(Duration.ofSeconds(2 * GRACE_SECONDS))
                        .atMost(ParleyServer.PATIENCE)
                        .until(() -> {
                            heartbeat(bobHere);
                            return status(alice, bob).equals("online");
                        });
                assertThat(before.awaitClose()).isGreaterThan(4000);
                String conversation = bobThere.on(survivor).startDirect(alice);
                assertThat(bobHere.ask(TestUser.message(conversation, "still here"))
                                .path("type")
                                .asString())
                        .isEqualTo("ack");
            }
        }
    }

    private static void expectEveryMessageOnceInOrder(
            SocketClient receiver, List<Map<String, Object>> ofAlice, List<Map<String, Object>> ofBob) {
        List<Long> positions = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 2 * MESSAGES; i++) {
            JsonNode entry = receiver.awaitEntry("message");
            positions.add(entry.path("position").asLong());
            texts.add(entry.path("text").asString());
        }
        assertThat(positions)
                .isEqualTo(LongStream.rangeClosed(2, 2L * MESSAGES + 1).boxed().toList());
        Set<String> sent = new HashSet<>();
        ofAlice.forEach(message -> sent.add((String) message.get("text")));
        ofBob.forEach(message -> sent.add((String) message.get("text")));
        assertThat(texts).isEqualTo(sent);
    }

    @Test
    void aDeviceThatConnectsToAnotherNodeIsReplacedThereAndSentOnWhenThatStops() {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        SocketClient second;
        try (ParleyServer other = engines.startNode(node("other"));
                SocketClient first = bob.connect()) {
            second = bob.on(other).connect();
            assertThat(first.awaitClose()).isEqualTo(4409);
            Awaitility.await()
                    .during(Duration.ofSeconds(2 * GRACE_SECONDS))
                    .atMost(ParleyServer.PATIENCE)
                    .until(() -> {
                        heartbeat(second);
                        return status(alice, bob).equals("online");
                    });
            assertThat(second.isClosed()).isFalse();
        }
        assertThat(second.await("goaway").path("url").asString()).isEqualTo(urlOf("survivor"));
        second.close();
    }

    private static List<Map<String, Object>> messages(String conversation, String by) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(i -> TestUser.message(conversation, by + " " + i))
                .toList();
    }

    private static void heartbeat(SocketClient socket) {
        assertThat(socket.ask(Map.of("type", "heartbeat", "ref", "h"))
                        .path("type")
                        .asString())
                .isEqualTo("ack");
    }

    private static String status(TestUser viewer, TestUser whom) {
        return viewer.rest
                .get("/users/" + whom.id + "/presence")
                .expect(200)
                .path("status")
                .asString();
    }
}
