package chat.parley.discovery;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Configures the registry of push nodes, and registers this node if there is a {@link GatewaySessions} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class DiscoveryConfiguration {
    @Bean
    GatewayRegistry gatewayRegistry() {
        return new InProcessGatewayRegistry();
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
