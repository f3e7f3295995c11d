package chat.parley.app.tracing;

import chat.parley.api.tracing.MessageTraces;
import io.micrometer.tracing.Tracer;
import org.axonframework.commandhandling.CommandBus;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Without {@code parley.tracing.enabled} there is nothing of this, and Spring Boot makes neither tracer nor exporter. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("parley.tracing.enabled")
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {
    @Bean
    TracedMessages tracedMessages() {
        return new TracedMessages();
    }

    @Bean
    MessageTraces messageTraces(Tracer tracer, TracedMessages messages, TracingProperties properties) {
        return new MicrometerMessageTraces(tracer, messages, properties.ids());
    }

    @Bean
    SmartInitializingSingleton tracedCommands(
            @Qualifier("localSegment") CommandBus commands, Tracer tracer, TracedMessages messages) {
        return () -> commands.registerHandlerInterceptor(new TracedCommands(tracer, messages));
    }
}
