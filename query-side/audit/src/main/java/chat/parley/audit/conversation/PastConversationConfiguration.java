package chat.parley.audit.conversation;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditProperties;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.review.MessageAccesses;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the past of conversations. */
@Configuration(proxyBeanMethods = false)
public class PastConversationConfiguration {
    @Bean
    PastConversationController pastConversations(
            AuditAccess access,
            QueryGateway queries,
            TextProtection protection,
            MessageAccesses accesses,
            AuditProperties properties) {
        return new PastConversationController(
                access,
                new PastConversations(
                        new QueryClient(queries, properties.queryTimeout()),
                        new SealedTextReader(protection),
                        new EntryRenderer(protection),
                        accesses));
    }

    @Bean
    ConversationFinderController conversationFinder(
            RawEvents events,
            EventSelector selector,
            @Qualifier("eventSerializer") Serializer serializer,
            EventUpcasterChain upcasters,
            TextProtection protection,
            AuditAccess access) {
        return new ConversationFinderController(
                events,
                access,
                new ConversationFinder(
                        selector, new EventDecoder(serializer, upcasters), new SealedTextReader(protection)));
    }
}
