package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.load.check.Violations;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.workload.ConversationMembers;
import chat.parley.load.workload.MessageWorkload;
import chat.parley.load.workload.MessageWorkloadOptions;
import chat.parley.testing.ChildJvm;
import chat.parley.testing.TcpProxy;
import chat.parley.testing.TestZooKeeper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * People talk while a node of the {@linkplain NextVersion next version} takes the place of one of this version, and while
 * one of this version takes its place again. All share a PostgreSQL, which has the events, and a read side.
 */
class RollingUpgradeTest {
    private static final String FROM = "parley.upgrade.from";
    private static final int GROUPS = 4;
    private static final int PEOPLE = 3;
    private static final double MESSAGES_PER_SECOND = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final List<String> PRESENT = ParleyProcess.program(ChildJvm.classPath());

    private final SharedEngines engines = SharedEngines.start();
    private final TestZooKeeper zooKeeper = TestZooKeeper.start();
    private final JdbcClient jdbc = JdbcClient.create(engines.postgres().dataSource());
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> serving = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final TcpProxy balancer = new TcpProxy(this::inTurn);

    @TempDir
    private Path files;

    private record Node(ChildJvm process, int port) {}

    private List<Integer> inTurn() {
        List<Integer> ports = new ArrayList<>(serving.stream().map(Node::port).toList());
        Collections.rotate(ports, turn.getAndIncrement());
        return ports;
    }

    @AfterEach
    void close() throws IOException {
        balancer.close();
        nodes.forEach(node -> node.process.close());
        zooKeeper.close();
        engines.close();
    }

    /** This version with a folder before its class path. */
    private static List<String> present(Path additions) {
        return ParleyProcess.program(additions + File.pathSeparator + ChildJvm.classPath());
    }

    /** Half of the clients go to the new node. */
    private Node start(List<String> program) {
        String name = "node" + (nodes.size() + 1);
        ChildJvm process = ParleyProcess.start(
                program,
                files.resolve(name),
                files.resolve(name + ".log"),
                engines.settings(
                        "parley.discovery.zookeeper=" + zooKeeper.address(),
                        "parley.gateway.url=ws://127.0.0.1:" + balancer.port() + "/ws",
                        "parley.gateway.node=" + name,
                        "parley.push.node=" + name,
                        "parley.transparency.enabled=" + nodes.isEmpty(),
                        // A small number, so that each version loads conversations from snapshots of the other one.
                        "parley.commands.snapshot-every=20"));
        Node node;
        try {
            node = new Node(process, ParleyProcess.awaitPort(process));
        } finally {
            nodes.add(new Node(process, 0));
        }
        serving.add(node);
        balancer.cutEach(2);
        return node;
    }

    /** As at a deployment. */
    private void drain(Node node) {
        serving.remove(node);
        node.process.close();
    }

    @Test
    void peopleTalkWhileNodesAreReplacedByTheNextVersionAndBack() throws Exception {
        List<String> next = present(NextVersion.build(files.resolve("next")));
        Node first = start(PRESENT);
        play(run -> {
            Node second = start(next);
            assertThat(second.process.output()).contains("Parley " + NextVersion.NUMBER + " is ready");
            bothUnderstandEachOther(first, second);
            drain(first);
            // A node that does not know the type of an event goes on after it.
            assertThat(count("events.domain_events WHERE type = 'NewAggregate' AND position(?::bytea IN metadata) > 0"))
                    .isPositive();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(count("events.snapshots WHERE position(?::bytea IN payload) > 0"))
                            .isGreaterThanOrEqualTo(GROUPS));
            Node third = start(PRESENT);
            assertThat(third.process.output())
                    .contains("PostgreSQL has the migration 3.99 (expand next) of a newer version")
                    .contains("PostgreSQL has the migration 99.1 (expand next) of a newer version");
            bothUnderstandEachOther(third, second);
            drain(second);
            aNodeWhoseMigrationWouldBreakRunningNodesDoesNotStart();
            bothUnderstandEachOther(third, third);
        });
        theNextVersionHasAddedToAllThatIsStored();
    }

    private void aNodeWhoseMigrationWouldBreakRunningNodesDoesNotStart() throws IOException {
        Path breaking = files.resolve("breaking");
        Files.createDirectories(breaking.resolve("db/vault"));
        Files.writeString(
                breaking.resolve("db/vault/V99_2__contract.sql"), "COMMENT ON TABLE vault.push_leases IS 'Changed'");
        assertThatThrownBy(() -> start(present(breaking)))
                .hasMessageContaining("The migration 99.2 (contract) changes tables in PostgreSQL that running nodes of"
                        + " another version use, and was not made.")
                .hasMessageContaining("Stop all nodes, and start this version then.");
    }

    /** {@code parley.upgrade.from} names the {@code parley-exec.jar} of another version. */
    @Test
    @EnabledIfSystemProperty(named = FROM, matches = ".+")
    void peopleTalkWhileNodesOfAnotherVersionAreReplacedByThisOneAndBack() throws Exception {
        List<String> other = List.of("-jar", System.getProperty(FROM));
        Node first = start(other);
        play(run -> {
            Node second = start(PRESENT);
            bothUnderstandEachOther(first, second);
            drain(first);
            Node third = start(other);
            bothUnderstandEachOther(third, second);
            drain(second);
            bothUnderstandEachOther(third, third);
        });
    }

    private interface Steps {
        void take(ScenarioRun run) throws IOException, InterruptedException;
    }

    private void play(Steps steps) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + balancer.port());
        ScenarioRun.Scenario scenario = run -> {
            List<UserAccount> people = run.signUp(GROUPS * PEOPLE);
            List<ConversationMembers> groups = new ArrayList<>();
            for (int i = 0; i < GROUPS; i++) {
                groups.add(ClusterLoad.group(run, people.subList(i * PEOPLE, (i + 1) * PEOPLE)));
            }
            MessageWorkload workload =
                    new MessageWorkload(run, MessageWorkloadOptions.openLoop(MESSAGES_PER_SECOND), groups);
            workload.start();
            workload.openWindow(Duration.ofDays(1));
            steps.take(run);
            workload.stop();
            assertThat(run.metrics().sum(Counter.ACKED)).isPositive();
            Violations violations = run.violations();
            assertThat(violations.byLabel()).isEmpty();
        };
        Path report = Path.of("target", "upgrade.json");
        assertThat(ClusterLoad.play("upgrade", url, report, Map.of(), scenario, "--duration", "1"))
                .isZero();
    }

    private void bothUnderstandEachOther(Node one, Node two) {
        TestUser alice = TestUser.signUp(one.port);
        TestUser bob = TestUser.signUp(two.port);
        String conversation = alice.startDirect(bob);
        try (SocketClient aliceAtOne = alice.connect();
                SocketClient bobAtTwo = bob.connect()) {
            for (int i = 0; i < 15; i++) {
                expectAck(aliceAtOne.ask(TestUser.message(conversation, "from alice " + i)));
                expectAck(bobAtTwo.ask(TestUser.message(conversation, "from bob " + i)));
            }
            for (SocketClient socket : List.of(aliceAtOne, bobAtTwo)) {
                for (int i = 0; i < 15; i++) {
                    assertThat(socket.awaitEntry("message").path("text").asString())
                            .isEqualTo("from alice " + i);
                    assertThat(socket.awaitEntry("message").path("text").asString())
                            .isEqualTo("from bob " + i);
                }
            }
            expectAck(aliceAtOne.ask(Map.of("type", "typing", "ref", "a", "conversation", conversation)));
            assertThat(bobAtTwo.await("typing").path("user").asString()).isEqualTo(alice.id);
            expectAck(bobAtTwo.ask(Map.of("type", "typing", "ref", "b", "conversation", conversation)));
            assertThat(aliceAtOne.await("typing").path("user").asString()).isEqualTo(bob.id);
        }
        for (Node node : List.of(one, two)) {
            for (TestUser person : List.of(alice, bob)) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(person.on(node.port)
                                        .rest
                                        .get("/inbox")
                                        .expect(200)
                                        .toString())
                                .contains("from bob 14"));
            }
            JsonNode entries = alice.on(node.port)
                    .rest
                    .get("/conversations/" + conversation + "/entries?after=1&limit=30")
                    .expect(200);
            assertThat(entries.toString()).contains("from alice 0").contains("from bob 13");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(alice.on(node.port)
                                    .rest
                                    .get("/gateways")
                                    .expect(200)
                                    .path("gateways"))
                            .hasSize(serving.size()));
        }
    }

    private static void expectAck(JsonNode answer) {
        assertThat(answer.path("type").asString()).as(answer.toString()).isEqualTo("ack");
    }

    private void theNextVersionHasAddedToAllThatIsStored() {
        for (String column : List.of("payload", "metadata")) {
            String rows = "events.domain_events WHERE position(?::bytea IN " + column + ")";
            assertThat(count(rows + " > 0")).as(column).isPositive();
            assertThat(count(rows + " = 0")).as("without, " + column).isPositive();
        }
        try (MongoClient client = MongoClients.create(engines.mongo())) {
            MongoDatabase database =
                    client.getDatabase(URI.create(engines.mongo()).getPath().substring(1));
            List<String> added = database.listCollectionNames().into(new ArrayList<>()).stream()
                    .filter(name ->
                            database.getCollection(name).countDocuments(Filters.exists(NextVersion.ADDITION)) > 0)
                    .toList();
            assertThat(added).anyMatch(name -> name.startsWith("pages@"));
        }
    }

    private long count(String rows) {
        return jdbc.sql("SELECT count(*) FROM " + rows)
                .param(NextVersion.ADDITION.getBytes(UTF_8))
                .query(Long.class)
                .single();
    }
}
