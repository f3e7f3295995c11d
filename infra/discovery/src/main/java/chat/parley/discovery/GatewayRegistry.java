package chat.parley.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The registry of push nodes. It keeps a registration while the process lives, so that the entry of a crashed node
 * expires. May be used by any thread.
 */
public interface GatewayRegistry {
    /**
     * Registers this node, which has one registration at a time.
     *
     * @param gateway  the node with its current number of sessions
     * @param sessions called by the registry from any thread to report the load
     * @throws chat.parley.api.process.StartupFailure if another process has the name
     */
    Registration register(Gateway gateway, GatewaySessions sessions);

    /**
     * All nodes that accept sessions, best first for a new one: nodes that are not full first, then nodes of the region,
     * then by load. No I/O.
     *
     * @param region null for no preference
     */
    List<Gateway> bestFirst(@Nullable String region);

    /** The best node for a new session; empty if there is no push node. */
    default Optional<Gateway> recommended(@Nullable String region) {
        return bestFirst(region).stream().findFirst();
    }

    /**
     * The nodes that take over the sessions of a node that ends, in the order in which to give them away: each is the best
     * after all before it have been given away. Empty if there is no other node.
     */
    default List<Gateway> successors(String region, int sessions) {
        PriorityQueue<Gateway> nodes = new PriorityQueue<>(Gateway.bestFirst(region));
        nodes.addAll(bestFirst(region));
        List<Gateway> successors = new ArrayList<>();
        while (!nodes.isEmpty() && successors.size() < sessions) {
            Gateway best = nodes.remove();
            successors.add(best);
            nodes.add(best.withSessions(best.sessions() + 1));
        }
        return successors;
    }

    /** The registration of this node. */
    interface Registration {
        /** No new session is sent to this node from now on. Idempotent. */
        void drain();
    }
}
