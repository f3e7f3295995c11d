package chat.parley.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** For one process: a lease lives as long as the process does, and the load is asked for when it is listed. */
final class InProcessGatewayRegistry implements GatewayRegistry {
    private final ConcurrentMap<String, Registered> byNode = new ConcurrentHashMap<>();

    /** A class and no record: a lease takes its own registration away, never that of an equal successor. */
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
