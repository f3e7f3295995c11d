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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One of the nodes over a shared PostgreSQL starts, pauses and later dies, while people talk on all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledNodeTest {
    private static final int GRACE_SECONDS = 8;
    private static final int MESSAGES = 200;

    private final SharedEngines engines = SharedEngines.start();
    private final TestZooKeeper zooKeeper = TestZooKeeper.start();
    private ParleyServer survivor;
    private ChildJvm doomed;

    /** Everybody at the survivor was connected before the other node started, and stays online. */
    @BeforeAll
    void start(@TempDir Path directory) {
        survivor = engines.startNode(node("survivor"));
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        try (SocketClient atSurvivor = alice.connect()) {
            doomed = ParleyProcess.start(
                    directory.resolve("data"), directory.resolve("log"), engines.settings(node("doomed")));
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                heartbeat(atSurvivor);
                return doomed.output().contains(" is ready after ");
            });
            awaitOnline(bob, alice, atSurvivor);
        }
    }

    /** Nobody notices later that the user is away. */
    private static void awaitOnline(TestUser viewer, TestUser whom, SocketClient socket) {
        Awaitility.await()
                .during(Duration.ofSeconds(2 * GRACE_SECONDS))
                .atMost(ParleyServer.PATIENCE)
                .until(() -> {
                    heartbeat(socket);
                    return status(viewer, whom).equals("online");
                });
    }

    @AfterAll
    void stop() {
        doomed.close();
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
    @Order(1)
    void aNodeThatWakesAfterItsLeaseEndsNobodyWhoHasMovedOn() {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        int port = ParleyProcess.awaitPort(doomed);
        TestUser bobThere = TestUser.logIn(port, bob.credentials());
        SocketClient before = bobThere.connect();
        Awaitility.await().until(() -> status(alice, bob).equals("online") && listed().contains(urlOf("doomed")));

        doomed.pause();
        try (SocketClient bobHere = bobThere.on(survivor).connect()) {
            // Nobody has heard of the paused node for so long that its leases have ended.
            Awaitility.await().until(() -> {
                heartbeat(bobHere);
                return engines.leases() == 1 && !listed().contains(urlOf("doomed"));
            });
            doomed.continues();
            Awaitility.await().until(() -> {
                heartbeat(bobHere);
                return engines.leases() == 2 && listed().contains(urlOf("doomed"));
            });
            awaitOnline(alice, bob, bobHere);
            assertThat(before.awaitClose()).isGreaterThan(4000);
            String conversation = bobThere.on(survivor).startDirect(alice);
            assertThat(bobHere.ask(TestUser.message(conversation, "still here"))
                            .path("type")
                            .asString())
                    .isEqualTo("ack");
        } finally {
            doomed.continues();
        }
    }

    @Test
    @Order(2)
    void nothingIsLostOrDoubledAndOnlyItsPeopleGoOffline() {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        TestUser carol = survivor.newPerson();
        String conversation = alice.startDirect(bob);
        int port = ParleyProcess.awaitPort(doomed);
        TestUser bobAnew = TestUser.logIn(port, bob.credentials());
        try (SocketClient atSurvivor = alice.connect();
                SocketClient bobThere = bobAnew.connect();
                SocketClient _ = TestUser.logIn(port, carol.credentials()).connect()) {
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
    @Order(3)
    void aDeviceThatConnectsToAnotherNodeIsReplacedThereAndSentOnWhenThatStops() {
        TestUser alice = survivor.newPerson();
        TestUser bob = survivor.newPerson();
        SocketClient second;
        try (ParleyServer other = engines.startNode(node("other"));
                SocketClient first = bob.connect()) {
            second = bob.on(other).connect();
            assertThat(first.awaitClose()).isEqualTo(4409);
            awaitOnline(alice, bob, second);
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
