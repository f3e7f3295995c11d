package chat.parley.web.address;

import chat.parley.web.settings.HttpProperties;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Replaces the address of a trusted proxy by that of its client. */
@Configuration(proxyBeanMethods = false)
public class AddressConfiguration {
    @Bean
    TrustedProxies trustedProxies(HttpProperties properties) {
        return new TrustedProxies(properties.trustedProxies());
    }

    /** Runs before every other customizer of the request, which might trust a header that is not trusted. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> forwardedHeaders(TrustedProxies proxies) {
        return jetty -> jetty.addServerCustomizers(server -> {
            for (Connector connector : server.getConnectors()) {
                for (ConnectionFactory factory : connector.getConnectionFactories()) {
                    if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                        http.getHttpConfiguration().getCustomizers().addFirst(proxies);
                    }
                }
            }
        });
    }
}
