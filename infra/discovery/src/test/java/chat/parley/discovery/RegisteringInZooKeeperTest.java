package chat.parley.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.process.StartupFailure;
import chat.parley.discovery.GatewayRegistry.Registration;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.TestZooKeeper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes register in a real ZooKeeper, which is stopped, restarted, emptied, or has entries of others. */
class RegisteringInZooKeeperTest {
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final Duration SETTLING = Duration.ofSeconds(6);
    private static final KeyedHash HASH = new FakeKeyedHash();
    private static final KeyedHash OTHER_CLUSTER = (purpose, input) -> HASH.of(purpose, "other" + input);

    private final List<ZooKeeperGatewayRegistry> opened = new ArrayList<>();
    private TestZooKeeper zooKeeper;

    @BeforeEach
    void start() {
        zooKeeper = TestZooKeeper.start();
    }

    @AfterEach
    void stop() {
        opened.forEach(ZooKeeperGatewayRegistry::close);
        zooKeeper.close();
    }

    private ZooKeeperGatewayRegistry open() {
        return open(HASH);
    }

    private ZooKeeperGatewayRegistry open(KeyedHash hash) {
        return open(hash, "");
    }

    private ZooKeeperGatewayRegistry open(KeyedHash hash, String password) {
        ZooKeeperGatewayRegistry registry = new ZooKeeperGatewayRegistry(
                zooKeeper.address(), new ZooKeeperAccess(password), hash, SESSION, SETTLING);
        opened.add(registry);
        registry.start();
        return registry;
    }

    private static Gateway gateway(String node) {
        return new Gateway(node, "seoul", URI.create("wss://" + node.replace(":", "-") + ".example/ws"), 0, 100);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    private static List<String> nodes(GatewayRegistry registry) {
        return registry.bestFirst(null).stream().map(Gateway::node).toList();
    }

    private static void awaitNodes(GatewayRegistry registry, String... nodes) {
        await().untilAsserted(() -> assertThat(nodes(registry)).containsExactlyInAnyOrder(nodes));
    }

    @Test
    void everyNodeKnowsAllNodesWithTheirLoad() {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry two = open();
        ZooKeeperGatewayRegistry withoutSessions = open();
        AtomicInteger sessions = new AtomicInteger(7);
        one.register(gateway("one:80"), sessions::get);
        two.register(gateway("two"), () -> 1);

        awaitNodes(withoutSessions, "one:80", "two");
        assertThat(two.recommended(null)).map(Gateway::node).hasValue("two");
        sessions.set(0);
        await().until(() -> two.recommended(null).orElseThrow().node().equals("one:80"));
        assertThat(two.bestFirst(null)).contains(gateway("one:80"));
    }

    @Test
    void onlyNodesWithThePasswordReadAndWriteTheEntries() throws Exception {
        open().register(gateway("before"), () -> 0);
        ZooKeeperGatewayRegistry one = open(HASH, "secret");
        ZooKeeperGatewayRegistry two = open(HASH, "secret");
        one.register(gateway("one"), () -> 0);
        two.register(gateway("two"), () -> 0);
        awaitNodes(two, "before", "one", "two");

        ZooKeeperGatewayRegistry guessing = open(HASH, "guess");
        guessing.register(gateway("three"), () -> 0);
        try (CuratorFramework stranger = client()) {
            String entry = ZooKeeperGatewayRegistry.ROOT + "/one";
            for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                    () -> stranger.getData().forPath(entry),
                    () -> stranger.getChildren().forPath(ZooKeeperGatewayRegistry.ROOT),
                    () -> stranger.setData().forPath(entry, new byte[0]),
                    () -> stranger.delete().forPath(entry),
                    () -> stranger.create().forPath(ZooKeeperGatewayRegistry.ROOT + "/added"))) {
                assertThatThrownBy(attempt).isInstanceOf(KeeperException.NoAuthException.class);
            }
        }
        assertThat(nodes(guessing)).containsExactly("three");
        awaitNodes(two, "before", "one", "two");
    }

    @Test
    void aDrainingNodeIsNotRecommendedButKeepsItsName() {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry two = open();
        Registration first = one.register(gateway("one"), () -> 0);
        two.register(gateway("two"), () -> 0);
        awaitNodes(two, "one", "two");

        first.drain();
        assertThat(nodes(one)).doesNotContain("one");
        awaitNodes(two, "two");
        assertThatThrownBy(() -> open().register(gateway("one"), () -> 0)).isInstanceOf(StartupFailure.class);
    }

    @Test
    void aNodeThatEndsIsForgotten() {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry two = open();
        one.register(gateway("one"), () -> 0);
        two.register(gateway("two"), () -> 0);
        awaitNodes(one, "one", "two");
        // The listing has settled after the start; from here on what ZooKeeper lacks has ended.
        Awaitility.await().pollDelay(SETTLING.plusSeconds(1)).until(() -> true);
        two.close();
        awaitNodes(one, "one");
    }

    @Test
    void theSecondNodeOfTheSameNameDoesNotStart() {
        open().register(gateway("one"), () -> 0);
        ZooKeeperGatewayRegistry second = open();
        assertThatThrownBy(() -> second.register(gateway("one"), () -> 0))
                .isInstanceOf(StartupFailure.class)
                .hasMessage("Another process is registered in ZooKeeper at " + zooKeeper.address()
                        + " as the node one. Give each node a parley.gateway.node of its own, and each cluster a"
                        + " ZooKeeper path of its own.");
    }

    @Test
    void aRestartedNodeWaitsForTheEntryOfItsFormerProcess() throws Exception {
        ZooKeeperGatewayRegistry watching = open();
        try (CuratorFramework former = client()) {
            // A process of this name that dies without a word: its session ends by itself.
            former.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL)
                    .forPath(ZooKeeperGatewayRegistry.ROOT + "/one", "former".getBytes(UTF_8));
            Thread.ofVirtual().start(former::close);
            open().register(gateway("one"), () -> 0);
        }
        awaitNodes(watching, "one");
    }

    @Test
    void whileZooKeeperIsAwayTheLastKnownNodesAreAnswered() {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry two = open();
        one.register(gateway("one"), () -> 0);
        two.register(gateway("two"), () -> 0);
        awaitNodes(one, "one", "two");
        awaitNodes(two, "one", "two");

        zooKeeper.stop();
        await().until(() -> !one.isConnected());
        Awaitility.await()
                .during(SESSION.plus(SETTLING))
                .atMost(Duration.ofMinutes(1))
                .until(() -> nodes(one).size() == 2 && nodes(two).size() == 2);

        zooKeeper.restart();
        await().until(() -> one.isConnected() && two.isConnected());
        awaitNodes(open(), "one", "two");
        assertThat(nodes(one)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aRegistryThatComesBackEmptyIsFilledAgainAndMeanwhileNobodyIsForgotten() {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry dead = open();
        ZooKeeperGatewayRegistry watching = open();
        one.register(gateway("one"), () -> 0);
        dead.register(gateway("dead"), () -> 0);
        awaitNodes(watching, "one", "dead");

        zooKeeper.stopAndForget();
        dead.close();
        zooKeeper.restart();
        await().until(watching::isConnected);
        ZooKeeperGatewayRegistry fresh = open();
        await().until(() -> {
            assertThat(nodes(watching)).contains("one");
            assertThat(nodes(one)).contains("one");
            return nodes(fresh).equals(List.of("one"));
        });
        // Whoever has not come back is forgotten in the end.
        awaitNodes(watching, "one");
        awaitNodes(one, "one");
    }

    @Test
    void aNodeWhoseEntryWasDeletedRegistersAgain() throws Exception {
        ZooKeeperGatewayRegistry one = open();
        ZooKeeperGatewayRegistry two = open();
        one.register(gateway("one"), () -> 0);
        two.register(gateway("two"), () -> 0);
        awaitNodes(two, "one", "two");
        try (CuratorFramework client = client()) {
            client.delete().forPath(ZooKeeperGatewayRegistry.ROOT + "/one");
            await().until(() -> client.checkExists().forPath(ZooKeeperGatewayRegistry.ROOT + "/one") != null);
        }
        awaitNodes(two, "one", "two");
    }

    @Test
    void aNodeWithoutZooKeeperAtItsStartRegistersLater() {
        zooKeeper.stop();
        ZooKeeperGatewayRegistry one = open();
        one.register(gateway("one"), () -> 0);
        assertThat(nodes(one)).containsExactly("one");

        zooKeeper.restart();
        awaitNodes(open(), "one");
    }

    @Test
    void entriesThatNoNodeOfThisClusterWroteAreIgnored() throws Exception {
        ZooKeeperGatewayRegistry one = open();
        one.register(gateway("one"), () -> 0);
        ZooKeeperGatewayRegistry foreign = open(OTHER_CLUSTER);
        foreign.register(gateway("foreign"), () -> 0);
        try (CuratorFramework client = client()) {
            byte[] copied = client.getData().forPath(ZooKeeperGatewayRegistry.ROOT + "/one");
            put(client, "garbage", "nothing that anybody could read".getBytes(UTF_8));
            put(client, "binary", new byte[] {0, -1, '\n', -2});
            put(client, "large", "x".repeat(100_000).getBytes(UTF_8));
            put(client, "empty", new byte[0]);
            put(client, "copied", copied);
            put(client, "a%zz", copied);
            put(client, "garbage/below", copied);
            put(client, "two", announced("two", new AnnouncementCodec(HASH), 4711));
        }
        ZooKeeperGatewayRegistry reader = open();
        awaitNodes(reader, "one");
        awaitNodes(foreign, "foreign");
        one.close();
        // An entry outlives its session here, but does not count.
        awaitNodes(reader);
    }

    private static byte[] announced(String node, AnnouncementCodec codec, long session) {
        return codec.encode(node, Announcement.of(new OwnGateway(gateway(node), () -> 0), "process", session));
    }

    private static void put(CuratorFramework client, String node, byte[] data) throws Exception {
        client.create().creatingParentsIfNeeded().forPath(ZooKeeperGatewayRegistry.ROOT + "/" + node, data);
    }

    private CuratorFramework client() {
        CuratorFramework client = CuratorFrameworkFactory.newClient(zooKeeper.address(), new RetryOneTime(100));
        client.start();
        return client;
    }
}
