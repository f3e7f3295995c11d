package chat.parley.dispatch;

import chat.parley.api.port.EventFeed;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends commands, on every node that has clients. Needs Axon's gateways and an {@link EventFeed}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({QueueProperties.class, RequestProperties.class})
public class DispatchConfiguration {
    /** On a node without a fan-out nothing reports a delay, so senders never wait. */
    @Bean
    FanoutBackpressure fanoutBackpressure(QueueProperties properties) {
        return new FanoutBackpressure(properties.fanoutGrace(), properties.fanoutPatience());
    }

    @Bean
    ConversationCommandQueue conversationCommandQueue(
            CommandGateway gateway, FanoutBackpressure backpressure, QueueProperties properties) {
        return new ConversationCommandQueue(
                gateway, backpressure, properties.commandTimeout(), properties.commandTimeout());
    }

    @Bean
    CommandDispatcher commandDispatcher(
            CommandGateway gateway, ConversationCommandQueue queue, RequestProperties properties) {
        return new CommandDispatcher(gateway, queue, properties.commandTimeout());
    }

    @Bean
    ReadModelClient readModelClient(QueryGateway queries, EventFeed events, RequestProperties properties) {
        return new ReadModelClient(queries, events, properties.queryTimeout());
    }
}
