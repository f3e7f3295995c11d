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
        Person alice = one.newPerson();
        Person visitor = one.newPerson();
        try (Socket first = alice.connect();
                Socket second = one.newPerson().connect();
                Socket third = two.newPerson().connect()) {
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
                assertThat(Person.logIn(node.port(), visitor.credentials()).webSocketUrl())
                        .isEqualTo("wss://two.example/ws");
            }
            assertThat(List.of(first, second, third)).noneMatch(Socket::isClosed);
        }
    }

    @Test
    void aMemberWhoWasAddedOnOneNodeMaySendOnTheOtherAtOnce() {
        Person alice = one.newPerson();
        Person bob = one.newPerson();
        Person carol = one.newPerson();
        Person dave = one.newPerson();
        try (Socket bobAtTwo = bob.on(two).connect();
                Socket carolAtTwo = carol.on(two).connect();
                Socket daveAtTwo = dave.on(two).connect()) {
            for (int i = 0; i < GROUPS; i++) {
                String group = alice.startGroup(bob);
                // The second node has the conversation in its cache from here on.
                expectAck(bobAtTwo.ask(Person.message(group, "before")));
                alice.rest
                        .put("/conversations/" + group + "/members/" + carol.id, Map.of())
                        .expect(200, 201, 204);
                expectAck(carolAtTwo.ask(Person.message(group, "after")));
                JsonNode refused = daveAtTwo.ask(Person.message(group, "never"));
                assertThat(refused.path("code").asString()).isEqualTo("not-a-member");
            }
        }
    }

    @Test
    void aBlockOnOneNodeHoldsOnTheOtherAtOnce() {
        Person alice = one.newPerson();
        Person bob = one.newPerson();
        String conversation = alice.startDirect(bob);
        try (Socket bobAtTwo = bob.on(two).connect()) {
            for (int i = 0; i < GROUPS; i++) {
                expectAck(bobAtTwo.ask(Person.message(conversation, "may be sent")));
                alice.rest.put("/users/me/blocks/" + bob.id, Map.of()).expect(200, 201, 204);
                assertThat(bobAtTwo.ask(Person.message(conversation, "may not"))
                                .path("code")
                                .asString())
                        .isEqualTo("blocked");
                alice.rest.delete("/users/me/blocks/" + bob.id).expect(200, 204);
            }
        }
    }

    @Test
    void typingIsSeenOnTheOtherNodeUnlessBlocked() {
        Person alice = one.newPerson();
        Person bob = one.newPerson();
        Person carol = one.newPerson();
        Person dave = one.newPerson();
        String group = alice.startGroup(bob);
        alice.rest
                .put("/conversations/" + group + "/members/" + carol.id, Map.of())
                .expect(200, 201, 204);
        alice.rest.put("/users/me/blocks/" + bob.id, Map.of()).expect(200, 201, 204);
        try (Socket aliceAtOne = alice.connect();
                Socket carolAtOne = carol.connect();
                Socket bobAtTwo = bob.on(two).connect();
                Socket carolAtTwo = carol.on(two).onDevice("second").connect();
                Socket daveAtOne = dave.connect()) {
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
        Person alice = one.newPerson();
        Person bob = one.newPerson();
        String conversation = alice.startDirect(bob);
        int each = 100;
        try (Socket aliceAtOne = alice.connect();
                Socket bobAtTwo = bob.on(two).connect()) {
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

    private static List<Map<String, Object>> send(Socket socket, String conversation, int count) {
        List<Map<String, Object>> messages = LongStream.range(0, count)
                .mapToObj(i -> Person.message(conversation, "message " + i))
                .toList();
        messages.forEach(socket::send);
        return messages;
    }

    private static List<Long> positions(Socket socket, int count) {
        return LongStream.range(0, count)
                .mapToObj(_ -> socket.awaitEntry("message").path("position").asLong())
                .toList();
    }

    private static void expectAck(JsonNode answer) {
        assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
    }
}
