package chat.parley.discovery;

/** This node, whose number of sessions is read whenever it is asked for. Compared by identity. */
final class OwnGateway {
    private final Gateway gateway;
    private final GatewaySessions sessions;
    private volatile boolean draining;

    OwnGateway(Gateway gateway, GatewaySessions sessions) {
        this.gateway = gateway;
        this.sessions = sessions;
    }

    String node() {
        return gateway.node();
    }

    Gateway now() {
        return gateway.withSessions(sessions.open());
    }

    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }
}
