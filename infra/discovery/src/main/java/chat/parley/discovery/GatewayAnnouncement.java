package chat.parley.discovery;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Registers this node while it accepts sessions: after its port is open and until its shutdown begins, so that no
 * client is sent to a draining node.
 */
public final class GatewayAnnouncement implements SmartLifecycle {
    private static final int DEFAULT_PORT = 8080;

    private final GatewayRegistry registry;
    private final GatewayProperties properties;
    private final ObjectProvider<GatewaySessions> sessions;
    private final Environment environment;
    private GatewayRegistry.@Nullable Registration registration;

    GatewayAnnouncement(
            GatewayRegistry registry,
            GatewayProperties properties,
            ObjectProvider<GatewaySessions> sessions,
            Environment environment) {
        this.registry = registry;
        this.properties = properties;
        this.sessions = sessions;
        this.environment = environment;
    }

    @Override
    public synchronized void start() {
        GatewaySessions carried = sessions.getIfAvailable();
        if (registration == null && carried != null) {
            registration = registry.register(properties.gateway(port()), carried);
        }
    }

    /** The name of this node, once its port is open. */
    public String node() {
        return properties.gateway(port()).node();
    }

    @Override
    public synchronized void stop() {
        if (registration != null) {
            registration.drain();
            registration = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return registration != null;
    }

    /** The highest phase starts last and stops first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** The port that is actually open, because the configured one may be 0. */
    private int port() {
        Integer opened = environment.getProperty("local.server.port", Integer.class);
        return opened != null ? opened : environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
    }
}
