package chat.parley.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.KeyedHash;
import chat.parley.api.process.RepeatingThread;
import chat.parley.api.process.StartupFailure;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of several nodes. Each node has one ephemeral entry in ZooKeeper, named after it. Every second a node
 * checks and renews its own entry and reads those of the others from a cache that ZooKeeper keeps up to date.
 *
 * <p>Without ZooKeeper the nodes that were last known are answered. Queries read memory only.
 */
final class ZooKeeperGatewayRegistry implements GatewayRegistry, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZooKeeperGatewayRegistry.class);

    static final String ROOT = "/parley/gateways";

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
    /** A round that fails is followed by the next one. */
    private static final RetryPolicy RETRY = new RetryOneTime(100);

    private final String servers;
    private final ZooKeeperAccess access;
    private final Duration session;
    private final CuratorFramework client;
    private final CuratorCache cache;
    private final AnnouncementCodec codec;
    private final LastKnownGateways known;
    private final RepeatingThread rounds;
    private final String process = UUID.randomUUID().toString();
    /** The ignored entries by path, with the version that was logged. */
    private final Map<String, Long> ignored = new HashMap<>();

    private volatile @Nullable OwnGateway own;
    private boolean announced;
    private @Nullable String problem;

    /**
     * @param servers  host:port of each ZooKeeper server, separated by commas; a path at the end is the root of all paths
     * @param access   who may read and write the entries
     * @param session  how long ZooKeeper keeps the entry of a node that it does not hear of
     * @param settling how long nodes are kept that ZooKeeper has lost
     */
    ZooKeeperGatewayRegistry(
            String servers, ZooKeeperAccess access, KeyedHash hash, Duration session, Duration settling) {
        this.servers = servers;
        this.session = session;
        this.access = access;
        this.client = access.applyTo(CuratorFrameworkFactory.builder())
                .connectString(servers)
                .sessionTimeoutMs(Math.toIntExact(session.toMillis()))
                .connectionTimeoutMs(Math.toIntExact(CONNECT.toMillis()))
                .retryPolicy(RETRY)
                .build();
        this.cache = CuratorCache.build(client, ROOT);
        this.codec = new AnnouncementCodec(hash);
        this.known = new LastKnownGateways(settling, System::nanoTime);
        this.rounds =
                new RepeatingThread("parley-discovery", Duration.ZERO, ROUND, STOP_LIMIT, this::round, this::failed);
    }

    void start() {
        // Before the cache learns of a connection, so that what it then lacks counts as lost.
        client.getConnectionStateListenable().addListener((_, state) -> changed(state));
        client.start();
        cache.start();
        rounds.start();
    }

    private void changed(ConnectionState state) {
        if (state.isConnected()) {
            known.disturbed();
            log.info("Connected to ZooKeeper at {}", servers);
            rounds.wake();
        } else {
            known.away();
        }
        if (state == ConnectionState.SUSPENDED) {
            log.warn(
                    "ZooKeeper at {} does not answer. The {} nodes that were last known stay recommended; chat goes on",
                    servers,
                    known.get().size());
        }
    }

    boolean isConnected() {
        return client.getZookeeperClient().isConnected();
    }

    @Override
    public Registration register(Gateway gateway, GatewaySessions sessions) {
        OwnGateway registered = new OwnGateway(gateway, sessions);
        try {
            if (client.blockUntilConnected(Math.toIntExact(CONNECT.toMillis()), TimeUnit.MILLISECONDS)) {
                claim(registered);
            } else {
                log.warn(
                        "ZooKeeper at {} does not answer. This node starts without it, knows no other node, and registers"
                                + " as soon as ZooKeeper answers",
                        servers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return registered::drain;
        } catch (IllegalStateException unreachable) {
            failed(unreachable);
        }
        own = registered;
        rounds.wake();
        return () -> {
            registered.drain();
            rounds.wake();
        };
    }

    /** Waits for the end of an entry that a former process of this node may have left. */
    private void claim(OwnGateway registered) throws InterruptedException {
        Semaphore ended = new Semaphore(0);
        CuratorCacheListener listener =
                CuratorCacheListener.builder().forDeletes(_ -> ended.release()).build();
        cache.listenable().addListener(listener);
        try {
            long deadline = System.nanoTime() + 2 * session.toNanos();
            while (!announce(registered)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new StartupFailure(
                            "Another process is registered in ZooKeeper at " + servers + " as the node "
                                    + registered.node(),
                            "Give each node a parley.gateway.node of its own, and each cluster a ZooKeeper path of its"
                                    + " own");
                }
                // The cache does not tell of an entry that it never had.
                boolean _ = ended.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            cache.listenable().removeListener(listener);
        }
    }

    private void round() {
        if (!isConnected()) {
            return;
        }
        OwnGateway registered = own;
        boolean isNameOurs = registered == null || announce(registered);
        known.update(read());
        if (!isNameOurs) {
            report("another process is registered as this node", null);
        } else if (problem != null) {
            log.info("This node's entry in ZooKeeper is up to date again");
            problem = null;
        }
    }

    /** Once for each problem. */
    private void report(String what, @Nullable Exception unexpected) {
        if (!what.equals(problem)) {
            problem = what;
            log.warn("This node's entry in ZooKeeper is not up to date; it tries again: {}", what, unexpected);
        }
    }

    private void failed(RuntimeException e) {
        Throwable cause = e.getCause();
        if (cause instanceof KeeperException.NoAuthException) {
            report("its entries belong to another parley.discovery.password", null);
        } else if (cause instanceof KeeperException) {
            report(String.valueOf(cause.getMessage()), null);
        } else {
            report(String.valueOf(e.getMessage()), e);
        }
    }

    /** @return false if another process has the name */
    private synchronized boolean announce(OwnGateway registered) {
        String path = ZKPaths.makePath(ROOT, URLEncoder.encode(registered.node(), UTF_8));
        try {
            long now = client.getZookeeperClient().getZooKeeper().getSessionId();
            byte[] data = codec.encode(registered.node(), Announcement.of(registered, process, now));
            Stat stat = new Stat();
            byte[] stored = stored(path, stat);
            if (stored != null && stat.getEphemeralOwner() != now) {
                if (!isOfFormerSession(registered.node(), stat.getEphemeralOwner(), stored)) {
                    return false;
                }
                client.delete().withVersion(stat.getVersion()).forPath(path);
                stored = null;
            }
            if (stored == null) {
                if (announced) {
                    known.disturbed();
                }
                client.create()
                        .creatingParentsIfNeeded()
                        .withMode(CreateMode.EPHEMERAL)
                        .forPath(path, data);
                access.protect(client, ROOT);
                announced = true;
            } else if (!Arrays.equals(stored, data)) {
                client.setData().withVersion(stat.getVersion()).forPath(path, data);
            }
            return true;
        } catch (KeeperException.NodeExistsException | KeeperException.BadVersionException raced) {
            return false;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("ZooKeeper at " + servers + " did not accept this node's entry", e);
        }
    }

    private byte @Nullable [] stored(String path, Stat stat) throws Exception {
        try {
            return client.getData().storingStatIn(stat).forPath(path);
        } catch (KeeperException.NoNodeException none) {
            return null;
        }
    }

    /** Whether this process wrote the entry, in a ZooKeeper session that has ended for it but not for ZooKeeper. */
    private boolean isOfFormerSession(String node, long owner, byte[] stored) {
        try {
            return codec.decode(node, owner, stored).process().equals(process);
        } catch (IllegalArgumentException foreign) {
            return false;
        }
    }

    private Map<String, Announcement> read() {
        Map<String, Announcement> read = new HashMap<>();
        Map<String, Long> foreign = new HashMap<>();
        cache.stream().filter(entry -> !entry.getPath().equals(ROOT)).forEach(entry -> {
            try {
                String node = URLDecoder.decode(entry.getPath().substring(ROOT.length() + 1), UTF_8);
                Announcement announcement = codec.decode(node, entry.getStat().getEphemeralOwner(), entry.getData());
                // Fails where the numbers are impossible.
                announcement.gateway(node);
                read.put(node, announcement);
            } catch (IllegalArgumentException e) {
                long version = entry.getStat().getMzxid();
                foreign.put(entry.getPath(), version);
                if (!Long.valueOf(version).equals(ignored.get(entry.getPath()))) {
                    log.warn("The entry {} in ZooKeeper is ignored: {}", entry.getPath(), e.getMessage());
                }
            }
        });
        ignored.clear();
        ignored.putAll(foreign);
        return read;
    }

    @Override
    public List<Gateway> bestFirst(@Nullable String region) {
        OwnGateway registered = own;
        Stream<Gateway> others = known.get().entrySet().stream()
                .filter(other -> registered == null || !other.getKey().equals(registered.node()))
                .filter(other -> !other.getValue().draining())
                .map(other -> other.getValue().gateway(other.getKey()));
        Stream<Gateway> here =
                Stream.ofNullable(registered).filter(node -> !node.isDraining()).map(OwnGateway::now);
        return Stream.concat(here, others).sorted(Gateway.bestFirst(region)).toList();
    }

    /** Ends the ZooKeeper session, and with it this node's entry. */
    @Override
    public void close() {
        rounds.stop();
        cache.close();
        client.close();
    }
}
