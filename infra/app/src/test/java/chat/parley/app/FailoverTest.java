package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.generation.ReadModelAheadException;
import chat.parley.testing.replication.ReplicatedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The primary PostgreSQL of two nodes dies while people talk, and its synchronous standby takes over. */
class FailoverTest {
    private static final int MESSAGES = 200;

    /** Two nodes and what they share. */
    private static final class Nodes implements AutoCloseable {
        final ReplicatedPostgres postgres;
        final SharedEngines engines;
        ParleyServer one;
        ParleyServer two;

        Nodes(ReplicatedPostgres postgres) {
            this.postgres = postgres;
            engines = SharedEngines.over(postgres.database());
            one = start();
            two = start();
        }

        ParleyServer start(String... more) {
            return engines.startNode(Stream.concat(Stream.of("parley.transparency.enabled=false"), Stream.of(more))
                    .toArray(String[]::new));
        }

        int storedInTheSecond() {
            return postgres.second()
                    .database()
                    .sql("SELECT count(*) FROM events.domain_events")
                    .query(Integer.class)
                    .single();
        }

        @Override
        public void close() {
            two.close();
            one.close();
            engines.close();
            postgres.close();
        }
    }

    @Test
    void nothingIsLostOrDoubledAndTheNodesGoOnByThemselves() {
        try (Nodes nodes = new Nodes(ReplicatedPostgres.synchronous())) {
            TestUser alice = nodes.one.newPerson();
            TestUser bob = nodes.one.newPerson();
            String conversation = alice.startDirect(bob);
            try (RepeatingClient atOne = new RepeatingClient(alice);
                    RepeatingClient atTwo = new RepeatingClient(bob.on(nodes.two))) {
                List<Map<String, Object>> ofAlice = messages(conversation, "alice");
                List<Map<String, Object>> ofBob = messages(conversation, "bob");
                ofAlice.forEach(atOne::send);
                ofBob.forEach(atTwo::send);
                atOne.pumpUntil(() -> atOne.acknowledged() > MESSAGES / 10);
                atTwo.pumpUntil(() -> atTwo.acknowledged() > MESSAGES / 10);
                nodes.postgres.first().kill();
                List.of(nodes.one, nodes.two).forEach(node -> Awaitility.await().until(() -> readiness(node) == 503));
                assertThat(atOne.isSettled()).isFalse();
                nodes.postgres.second().promote();

                atOne.pumpUntil(atOne::isSettled);
                atTwo.pumpUntil(atTwo::isSettled);
                List.of(nodes.one, nodes.two).forEach(node -> Awaitility.await().until(() -> readiness(node) == 200));
                expectEveryMessageOnce(atOne);
                expectEveryMessageOnce(atTwo);
                assertThat(atTwo.texts()).isEqualTo(atOne.texts());
                assertThat(atOne.texts())
                        .containsExactlyInAnyOrderElementsOf(Stream.concat(ofAlice.stream(), ofBob.stream())
                                .map(message -> (String) message.get("text"))
                                .toList());
            }

            // The vault, the read side, and the messages between the nodes.
            TestUser carol = nodes.two.newPerson();
            assertThat(TestUser.logIn(nodes.one.port(), carol.credentials()).id).isEqualTo(carol.id);
            alice.rest.get("/conversations/" + conversation).expect(200);
            try (SocketClient aliceAtOne = alice.connect();
                    SocketClient bobAtTwo = bob.on(nodes.two).connect()) {
                expectAck(bobAtTwo.ask(Map.of("type", "typing", "ref", "typing", "conversation", conversation)));
                assertThat(aliceAtOne.await("typing").path("user").asString()).isEqualTo(bob.id);
            }
        }
    }

    @Test
    void nodesDoNotGoOnWithoutAcknowledgedMessagesUntilTheLossIsNamed() {
        try (Nodes nodes = new Nodes(ReplicatedPostgres.asynchronous())) {
            TestUser alice = nodes.one.newPerson();
            TestUser bob = nodes.one.newPerson();
            String conversation = alice.startDirect(bob);
            String cursor;
            try (RepeatingClient atOne = new RepeatingClient(alice)) {
                atOne.send(TestUser.message(conversation, "replicated"));
                atOne.pumpUntil(() -> atOne.texts().size() == 1);
                nodes.postgres.awaitReplication();
                nodes.postgres.second().kill();
                atOne.send(TestUser.message(conversation, "lost"));
                atOne.pumpUntil(() -> atOne.texts().size() == 2);
                cursor = atOne.cursor();
            }
            Awaitility.await()
                    .until(() -> alice.rest
                                    .get("/conversations/" + conversation)
                                    .expect(200)
                                    .path("head")
                                    .asLong()
                            == 3);

            nodes.postgres.first().kill();
            nodes.postgres.second().start();
            nodes.postgres.second().promote();
            int found = nodes.storedInTheSecond();
            try (SocketClient bobAtTwo = bob.on(nodes.two).connect()) {
                bobAtTwo.send(TestUser.message(conversation, "in its place"));
                List.of(nodes.one, nodes.two)
                        .forEach(node -> Awaitility.await()
                                .during(Duration.ofSeconds(3))
                                .atMost(ParleyServer.PATIENCE)
                                .until(() -> readiness(node) == 503));
            }
            assertThat(nodes.storedInTheSecond()).isEqualTo(found);

            nodes.two.close();
            nodes.one.close();
            assertThatThrownBy(nodes::start).rootCause().isInstanceOf(ReadModelAheadException.class);
            nodes.one = nodes.start("parley.vault.restore=failover");
            nodes.two = nodes.start("parley.vault.restore=failover");
            try (SocketClient back = alice.on(nodes.one).open()) {
                back.send(alice.hello(Map.of("cursor", cursor)));
                assertThat(back.await("state").path("resync").asBoolean()).isTrue();
            }
            try (RepeatingClient anew = new RepeatingClient(alice.on(nodes.one));
                    RepeatingClient bobAnew = new RepeatingClient(bob.on(nodes.two))) {
                bobAnew.send(TestUser.message(conversation, "in its place"));
                bobAnew.pumpUntil(bobAnew::isSettled);
                anew.pumpUntil(() -> anew.texts().equals(List.of("in its place")));
                assertThat(anew.positions()).containsExactly(3L);
            }
        }
    }

    private static int readiness(ParleyServer node) {
        return new ApiClient(node.port(), null).get("/readyz").response().statusCode();
    }

    /** In one order without gaps, from the position after the start of the conversation. */
    private static void expectEveryMessageOnce(RepeatingClient receiver) {
        receiver.pumpUntil(() -> receiver.texts().size() >= 2 * MESSAGES);
        assertThat(receiver.positions())
                .isEqualTo(LongStream.rangeClosed(2, 2L * MESSAGES + 1).boxed().toList());
    }

    private static List<Map<String, Object>> messages(String conversation, String by) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(i -> TestUser.message(conversation, by + " " + i))
                .toList();
    }

    private static void expectAck(JsonNode answer) {
        assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
    }
}
