package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.TestZooKeeper;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Two nodes share one PostgreSQL, which has the events, and handle commands of the same conversations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {
    private static final int GROUPS = 20;

    private final SharedEngines engines = SharedEngines.start();
    private final TestZooKeeper zooKeeper = TestZooKeeper.start();
    private ParleyServer one;
    private ParleyServer two;

    @BeforeAll
    void start() {
        one = engines.startNode(listed("one"));
        two = engines.startNode(listed("two", "parley.transparency.enabled=false", "parley.demo=true"));
    }

    private String[] listed(String node, String... more) {
        return Stream.concat(
                        Stream.of(
                                "parley.discovery.zookeeper=" + zooKeeper.address(),
                                "parley.gateway.url=wss://" + node + ".example/ws"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
        zooKeeper.close();
        engines.close();
    }

    @Test
    void thereIsNoDemonstrationOnServers() {
        assertThat(DemonstrationTest.offered(two)).isEmpty();
    }

    @Test
    void eachNodeRecommendsTheNodeWithFewerSessions() {
        TestUser alice = one.newPerson();
        TestUser visitor = one.newPerson();
        try (SocketClient first = alice.connect();
                SocketClient second = one.newPerson().connect();
                SocketClient third = two.newPerson().connect()) {
            for (ParleyServer node : List.of(one, two)) {
                Awaitility.await()
                        .untilAsserted(() -> assertThat(alice.on(node)
                                        .rest
                                        .get("/gateways")
                                        .expect(200)
                                        .path("gateways")
                                        .valueStream()
                                        .map(gateway -> gateway.path("node").asString() + " "
                                                + gateway.path("sessions").asInt()))
                                .containsExactly("two.example 1", "one.example 2"));
                assertThat(TestUser.logIn(node.port(), visitor.credentials()).webSocketUrl())
                        .isEqualTo("wss://two.example/ws");
            }
            assertThat(List.of(first, second, third)).noneMatch(SocketClient::isClosed);
        }
    }

    @Test
    void aMemberWhoWasAddedOnOneNodeMaySendOnTheOtherAtOnce() {
        TestUser alice = one.newPerson();
        TestUser bob = one.newPerson();
        TestUser carol = one.newPerson();
        TestUser dave = one.newPerson();
        try (SocketClient bobAtTwo = bob.on(two).connect();
                SocketClient carolAtTwo = carol.on(two).connect();
                SocketClient daveAtTwo = dave.on(two).connect()) {
            for (int i = 0; i < GROUPS; i++) {
                String group = alice.startGroup(bob);
                // The second node has the conversation in its cache from here on.
                expectAck(bobAtTwo.ask(TestUser.message(group, "before")));
                alice.rest
                        .put("/conversations/" + group + "/members/" + carol.id, Map.of())
                        .expect(200, 201, 204);
                expectAck(carolAtTwo.ask(TestUser.message(group, "after")));
                JsonNode refused = daveAtTwo.ask(TestUser.message(group, "never"));
                assertThat(refused.path("code").asString()).isEqualTo("not-a-member");
            }
        }
    }

    @Test
    void aBlockOnOneNodeHoldsOnTheOtherAtOnce() {
        TestUser alice = one.newPerson();
        TestUser bob = one.newPerson();
        String conversation = alice.startDirect(bob);
        try (SocketClient bobAtTwo = bob.on(two).connect()) {
            for (int i = 0; i < GROUPS; i++) {
                expectAck(bobAtTwo.ask(TestUser.message(conversation, "may be sent")));
                alice.rest.put("/users/me/blocks/" + bob.id, Map.of()).expect(200, 201, 204);
                assertThat(bobAtTwo.ask(TestUser.message(conversation, "may not"))
                                .path("code")
                                .asString())
                        .isEqualTo("blocked");
                alice.rest.delete("/users/me/blocks/" + bob.id).expect(200, 204);
            }
        }
    }

    @Test
    void typingIsSeenOnTheOtherNodeUnlessBlocked() {
        TestUser alice = one.newPerson();
        TestUser bob = one.newPerson();
        TestUser carol = one.newPerson();
        TestUser dave = one.newPerson();
        String group = alice.startGroup(bob);
        alice.rest
                .put("/conversations/" + group + "/members/" + carol.id, Map.of())
                .expect(200, 201, 204);
        alice.rest.put("/users/me/blocks/" + bob.id, Map.of()).expect(200, 201, 204);
        try (SocketClient aliceAtOne = alice.connect();
                SocketClient carolAtOne = carol.connect();
                SocketClient bobAtTwo = bob.on(two).connect();
                SocketClient carolAtTwo = carol.on(two).onDevice("second").connect();
                SocketClient daveAtOne = dave.connect()) {
            assertThat(daveAtOne.ask(typing(group)).path("code").asString()).isEqualTo("not-a-member");
            expectAck(aliceAtOne.ask(typing(group)));
            JsonNode seen = carolAtTwo.await("typing");
            assertThat(seen.path("user").asString()).isEqualTo(alice.id);
            assertThat(seen.path("conversation").asString()).isEqualTo(group);
            // Alice has blocked Bob, so the first sign that he sees is Carol's, and she sees none of her own.
            expectAck(carolAtOne.ask(typing(group)));
            assertThat(bobAtTwo.await("typing").path("user").asString()).isEqualTo(carol.id);
            expectAck(bobAtTwo.ask(typing(group)));
            assertThat(carolAtTwo.await("typing").path("user").asString()).isEqualTo(bob.id);
        }
    }

    private static Map<String, Object> typing(String conversation) {
        return Map.of("type", "typing", "ref", "typing", "conversation", conversation);
    }

    @Test
    void bothNodesDeliverEveryMessageOnceInOneOrder() {
        TestUser alice = one.newPerson();
        TestUser bob = one.newPerson();
        String conversation = alice.startDirect(bob);
        int each = 100;
        try (SocketClient aliceAtOne = alice.connect();
                SocketClient bobAtTwo = bob.on(two).connect()) {
            List<Map<String, Object>> ofAlice = send(aliceAtOne, conversation, each);
            List<Map<String, Object>> ofBob = send(bobAtTwo, conversation, each);
            ofAlice.forEach(message -> expectAck(aliceAtOne.answerTo(message)));
            ofBob.forEach(message -> expectAck(bobAtTwo.answerTo(message)));
            // The first entry is the start of the conversation.
            List<Long> all = LongStream.rangeClosed(2, 2L * each + 1).boxed().toList();
            assertThat(positions(aliceAtOne, 2 * each)).isEqualTo(all);
            assertThat(positions(bobAtTwo, 2 * each)).isEqualTo(all);
        }
    }

    private static List<Map<String, Object>> send(SocketClient socket, String conversation, int count) {
        List<Map<String, Object>> messages = LongStream.range(0, count)
                .mapToObj(i -> TestUser.message(conversation, "message " + i))
                .toList();
        messages.forEach(socket::send);
        return messages;
    }

    private static List<Long> positions(SocketClient socket, int count) {
        return LongStream.range(0, count)
                .mapToObj(_ -> socket.awaitEntry("message").path("position").asLong())
                .toList();
    }

    private static void expectAck(JsonNode answer) {
        assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
    }
}
