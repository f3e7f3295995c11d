package chat.parley.app;

import chat.parley.testing.TcpProxy;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestZooKeeper;
import chat.parley.testing.replication.ReplicatedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Nodes behind a balancer, which share a PostgreSQL, a MongoDB stand-in and a ZooKeeper. When a node begins to serve, it
 * gets its share of the clients.
 */
final class NodeCluster implements AutoCloseable {
    final ReplicatedPostgres.Server postgres;
    final TestZooKeeper zooKeeper = TestZooKeeper.start();
    final TcpProxy balancer = new TcpProxy(this::inTurn);
    final List<ClusterNode> nodes = new ArrayList<>();

    private final ReplicatedPostgres servers = ReplicatedPostgres.asynchronous();
    private final SharedEngines engines;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param roles of each node, as in {@code parley.roles}; all of them if it is blank */
    NodeCluster(Path files, List<String> roles) {
        postgres = servers.first();
        servers.second().stop();
        engines = SharedEngines.over(TestPostgres.at(postgres.url()));
        for (int i = 0; i < roles.size(); i++) {
            nodes.add(node("node" + (i + 1), files, roles.get(i)));
        }
        // The first start makes the tables and the keys.
        nodes.getFirst().start();
        nodes.getFirst().awaitStart();
        nodes.stream().skip(1).forEach(ClusterNode::start);
        nodes.forEach(ClusterNode::awaitStart);
    }

    private ClusterNode node(String name, Path files, String roles) {
        TcpProxy toPostgres = new TcpProxy(postgres.port());
        TcpProxy toMongo = new TcpProxy(mongoPort());
        TcpProxy toZooKeeper = new TcpProxy(zooKeeperPort());
        List<String> settings = new ArrayList<>(List.of(
                "spring.datasource.url=" + postgres.url().replace(":" + postgres.port(), ":" + toPostgres.port()),
                "spring.mongodb.uri=" + engines.mongo().replaceFirst(":\\d+/", ":" + toMongo.port() + "/"),
                "parley.discovery.zookeeper=127.0.0.1:" + toZooKeeper.port(),
                "parley.gateway.url=ws://127.0.0.1:" + balancer.port() + "/ws",
                "parley.gateway.node=" + name,
                "parley.push.node=" + name,
                "parley.transparency.enabled=" + nodes.isEmpty(),
                "parley.push.heartbeat-seconds=1",
                "parley.push.offline-after-seconds=8"));
        if (!roles.isBlank()) {
            settings.add("parley.roles=" + roles);
        }
        return new ClusterNode(
                name,
                roles.isBlank() || roles.contains("push"),
                files,
                toPostgres,
                toMongo,
                toZooKeeper,
                engines.settings(settings.toArray(String[]::new)),
                () -> balancer.cutEach(nodes.size()));
    }

    int mongoPort() {
        return URI.create(engines.mongo()).getPort();
    }

    int zooKeeperPort() {
        return URI.create("tcp://" + zooKeeper.address()).getPort();
    }

    /** Like a balancer that learns at once which nodes are ready. */
    private List<Integer> inTurn() {
        List<Integer> ports =
                new ArrayList<>(up(true).stream().map(ClusterNode::port).toList());
        Collections.rotate(ports, turn.getAndIncrement());
        return ports;
    }

    /** The nodes that are up, of those that take clients or of the others. */
    List<ClusterNode> up(boolean takingClients) {
        return nodes.stream()
                .filter(node -> node.isUp() && node.takesClients == takingClients)
                .toList();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + balancer.port());
    }

    @Override
    public void close() throws IOException {
        balancer.close();
        for (ClusterNode node : nodes) {
            node.close();
        }
        zooKeeper.close();
        engines.close();
        servers.close();
    }
}
