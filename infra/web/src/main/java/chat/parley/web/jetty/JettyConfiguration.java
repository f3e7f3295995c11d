package chat.parley.web.jetty;

import chat.parley.web.address.TrustedProxies;
import chat.parley.web.limit.Limits;
import chat.parley.web.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Parley's handlers and connection limits to the Jetty server. */
@Configuration(proxyBeanMethods = false)
public class JettyConfiguration {
    /** Each handler wraps those that were added before it, so the last one handles a request first. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> requestHandlers(ProblemWriter problems) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.setErrorHandler(new JettyErrorHandler(problems));
            server.insertHandler(new RequestValidationHandler());
            server.insertHandler(new EmptyErrorResponseHandler(problems));
            server.insertHandler(new UnreadBodyHandler());
        });
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> connectionLimits(
            Limits limits, TrustedProxies proxies, MeterRegistry meters) {
        return jetty -> jetty.addServerCustomizers(server -> {
            server.addBean(new SlowConnectionMonitor(server, limits.connections()));
            if (limits.enabled()) {
                ConnectionLimiter limiter = new ConnectionLimiter(limits.connections(), proxies::isTrusted, meters);
                for (Connector connector : server.getConnectors()) {
                    if (connector instanceof ServerConnector accepting) {
                        accepting.addBean(limiter);
                    }
                }
            }
        });
    }
}
