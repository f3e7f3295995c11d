package chat.parley.web;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Where management has a port of its own, that server refuses as the other does. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementServerConfiguration {
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> managementProblems(
            @Qualifier("requestHandlers") WebServerFactoryCustomizer<JettyServletWebServerFactory> problems) {
        return problems;
    }
}
