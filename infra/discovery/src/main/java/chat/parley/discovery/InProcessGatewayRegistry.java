package chat.parley.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A registry for a single process. A lease never expires, and the load is read on each query. */
final class InProcessGatewayRegistry implements GatewayRegistry {
    private final ConcurrentMap<String, Registered> byNode = new ConcurrentHashMap<>();

    /** Compared by identity, so that a lease never removes an equal later registration. */
    private static final class Registered {
        private final Gateway gateway;
        private final GatewaySessions sessions;

        Registered(Gateway gateway, GatewaySessions sessions) {
            this.gateway = gateway;
            this.sessions = sessions;
        }

        Gateway now() {
            return gateway.withSessions(sessions.open());
        }
    }

    @Override
    public Lease register(Gateway gateway, GatewaySessions sessions) {
        Registered registered = new Registered(gateway, sessions);
        byNode.put(gateway.node(), registered);
        return () -> byNode.remove(gateway.node(), registered);
    }

    @Override
    public List<Gateway> bestFirst(@Nullable String region) {
        return byNode.values().stream()
                .map(Registered::now)
                .sorted(Comparator.comparing(
                                (Gateway gateway) -> !gateway.region().equals(region))
                        .thenComparingDouble(Gateway::load)
                        .thenComparing(Gateway::node))
                .toList();
    }
}
