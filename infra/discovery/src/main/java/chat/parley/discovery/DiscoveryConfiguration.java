package chat.parley.discovery;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The registry of push nodes, and this node's own place in it where a {@link GatewaySessions} bean makes it one. */
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
