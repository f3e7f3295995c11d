package chat.parley.web;

import chat.parley.web.address.AddressConfiguration;
import chat.parley.web.jetty.JettyConfiguration;
import chat.parley.web.limit.LimitConfiguration;
import chat.parley.web.problem.ProblemConfiguration;
import chat.parley.web.settings.HttpProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What every endpoint of the server shares: problem responses, limits, client addresses and the Jetty handlers. Needs beans of {@link java.time.Clock} and {@link io.micrometer.core.instrument.MeterRegistry}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
@Import({AddressConfiguration.class, JettyConfiguration.class, LimitConfiguration.class, ProblemConfiguration.class})
public class WebConfiguration {}
