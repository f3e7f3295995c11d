package chat.parley.app;

import chat.parley.testing.TcpProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** What may happen to one node of a cluster, to its links, or to what all nodes share. */
enum Fault {
    /** {@code kill -9}; the node is started again. */
    NODE_KILLED(6, true) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.kill();
            wait.atMost(2_000);
            node.start();
        }
    },
    /** As at a deployment. */
    NODE_RESTARTED(3, true) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.stop();
            node.start();
        }
    },
    /** As by a long garbage collection. */
    NODE_PAUSED(21, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.pause();
            wait.atMost(2_000);
            node.resume();
        }
    },
    /** Its leases end meanwhile, and other nodes take over. */
    NODE_PAUSED_LONG(2, true) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.pause();
            wait.exactly(7_000);
            node.resume();
        }
    },
    /** The connections of a node to PostgreSQL break, and it gets no new ones for a while. */
    POSTGRES_LINK_CUT(14, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cut(node.postgres, cluster.postgres.port(), wait);
        }
    },
    POSTGRES_LINK_SLOW(10, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.postgres.delay(Duration.ofMillis(50));
            wait.atMost(2_000);
            node.postgres.delay(Duration.ZERO);
        }
    },
    /** PostgreSQL hears the node, but the node hears nothing. */
    POSTGRES_ANSWERS_STALLED(10, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.postgres.stallAnswers(true);
            wait.atMost(3_000);
            node.postgres.stallAnswers(false);
        }
    },
    /** PostgreSQL hears nothing of the node. */
    POSTGRES_REQUESTS_STALLED(10, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            node.postgres.stallRequests(true);
            wait.atMost(3_000);
            node.postgres.stallRequests(false);
        }
    },
    MONGO_LINK_CUT(9, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cut(node.mongo, cluster.mongoPort(), wait);
        }
    },
    ZOOKEEPER_LINK_CUT(5, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cut(node.zooKeeper, cluster.zooKeeperPort(), wait);
        }
    },
    ZOOKEEPER_RESTARTED(2, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cluster.zooKeeper.stop();
            wait.atMost(2_000);
            cluster.zooKeeper.restart();
        }
    },
    /** {@code kill -9} of the server and all its sessions; it recovers from its log. */
    POSTGRES_KILLED(2, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cluster.postgres.kill();
            cluster.postgres.start();
        }
    },
    /** Every socket of every client breaks. */
    CLIENTS_CUT(6, false) {
        @Override
        void strike(NodeCluster cluster, ClusterNode node, Wait wait) {
            cluster.balancer.cut();
        }
    };

    private final int weight;
    private final boolean takesNode;

    /** @param takesNode whether the node serves nobody meanwhile, so that another one has to */
    Fault(int weight, boolean takesNode) {
        this.weight = weight;
        this.takesNode = takesNode;
    }

    /** How long a fault lasts. */
    interface Wait {
        void exactly(int millis);

        /** A random time of up to this. */
        void atMost(int millis);
    }

    /** Returns when the fault is over; a node that was started may not be ready yet. */
    abstract void strike(NodeCluster cluster, ClusterNode node, Wait wait);

    boolean takesNode() {
        return takesNode;
    }

    private static void cut(TcpProxy link, int target, Wait wait) {
        link.retarget(TcpProxy.NOWHERE);
        link.cut();
        wait.atMost(2_000);
        link.retarget(target);
    }

    static Fault random(Random random) {
        int left = random.nextInt(
                Arrays.stream(values()).mapToInt(fault -> fault.weight).sum());
        for (Fault fault : values()) {
            left -= fault.weight;
            if (left < 0) {
                return fault;
            }
        }
        throw new IllegalStateException();
    }
}
