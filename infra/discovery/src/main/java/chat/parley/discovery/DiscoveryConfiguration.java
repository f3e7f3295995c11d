package chat.parley.discovery;

import chat.parley.api.port.KeyedHash;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures the registry of push nodes, and registers this node if there is a {@link GatewaySessions} bean. The registry
 * is in ZooKeeper if {@code parley.discovery.zookeeper} names its servers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class DiscoveryConfiguration {
    /** Several missed pings, so that a short pause of a node ends no session of ZooKeeper. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    /** Living nodes register again within seconds after ZooKeeper is back. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    @Bean
    GatewayRegistry gatewayRegistry(
            @Value("${parley.discovery.zookeeper:}") String zooKeeper,
            @Value("${parley.discovery.password:}") String password,
            ObjectProvider<KeyedHash> hash,
            ObjectProvider<MeterRegistry> meters) {
        if (zooKeeper.isBlank()) {
            return new InProcessGatewayRegistry();
        }
        ZooKeeperGatewayRegistry registry = new ZooKeeperGatewayRegistry(
                zooKeeper, new ZooKeeperAccess(password), hash.getObject(), SESSION, SETTLING);
        Gauge.builder("parley.discovery.connected", registry, it -> it.isConnected() ? 1 : 0)
                .register(meters.getObject());
        Gauge.builder(
                        "parley.discovery.gateways",
                        registry,
                        it -> it.bestFirst(null).size())
                .register(meters.getObject());
        registry.start();
        return registry;
    }

    @Bean
    GatewayAnnouncement gatewayAnnouncement(
            GatewayRegistry registry,
            GatewayProperties properties,
            ObjectProvider<GatewaySessions> sessions,
            Environment environment) {
        return new GatewayAnnouncement(registry, properties, sessions, environment);
    }
}
