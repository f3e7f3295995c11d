package chat.parley.web;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** If management has a port of its own, its server answers refusals in the same form as the main server. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementServerConfiguration {
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> managementProblems(
            @Qualifier("requestHandlers") WebServerFactoryCustomizer<JettyServletWebServerFactory> problems) {
        return problems;
    }
}
