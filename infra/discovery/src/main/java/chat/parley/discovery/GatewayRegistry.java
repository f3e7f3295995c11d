package chat.parley.discovery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry of push nodes. A registration is a lease that the registry renews while the process lives, so that the
 * entry of a crashed node expires.
 */
public interface GatewayRegistry {
    /**
     * Registers this node until the lease is closed. Replaces an earlier registration of the same name.
     *
     * @param gateway  the node with its current number of sessions
     * @param sessions called by the registry from any thread to report the load
     */
    Lease register(Gateway gateway, GatewaySessions sessions);

    /**
     * All nodes, best first for a new session: nodes of the region first, then by load.
     *
     * @param region null for no preference
     */
    List<Gateway> bestFirst(@Nullable String region);

    /** The best node for a new session; empty if there is no push node. */
    default Optional<Gateway> recommended(@Nullable String region) {
        return bestFirst(region).stream().findFirst();
    }

    /** The registration of one node. */
    interface Lease extends AutoCloseable {
        /** Removes the node from the registry. Idempotent. */
        @Override
        void close();
    }
}
