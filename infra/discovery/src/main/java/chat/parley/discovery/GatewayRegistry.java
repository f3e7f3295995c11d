package chat.parley.discovery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The push nodes there are. A registration is a lease: it is kept alive by the registry for as long as the process
 * lives, so that a node that died unasked is gone from the list without anybody cleaning up.
 */
public interface GatewayRegistry {
    /**
     * Lists this node until the lease is closed, in place of whatever was registered under its name.
     *
     * @param gateway  what stays the same; its session count is only the first
     * @param sessions asked whenever the registry wants to tell the load, from any thread
     */
    Lease register(Gateway gateway, GatewaySessions sessions);

    /**
     * Every node, the best for a new session first: those of the region, then by load.
     *
     * @param region null for no preference
     */
    List<Gateway> bestFirst(@Nullable String region);

    /** Where a new session had best go; empty where there is no push node. */
    default Optional<Gateway> recommended(@Nullable String region) {
        return bestFirst(region).stream().findFirst();
    }

    /** One node's place in the list. */
    interface Lease extends AutoCloseable {
        /** Takes the node off the list; closing again changes nothing. */
        @Override
        void close();
    }
}
