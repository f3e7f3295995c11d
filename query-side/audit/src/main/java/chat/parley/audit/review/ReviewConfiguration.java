package chat.parley.audit.review;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventSelector;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the review of accesses. */
@Configuration(proxyBeanMethods = false)
public class ReviewConfiguration {
    @Bean
    AccessReader accessReader(
            @Qualifier("eventSerializer") Serializer serializer,
            EventUpcasterChain upcasters,
            TextProtection protection) {
        return new AccessReader(new EventDecoder(serializer, upcasters), protection);
    }

    @Bean
    MessageAccesses messageAccesses(RawEvents events, EventSelector selector, AccessReader reader) {
        return new MessageAccesses(events, selector, reader);
    }

    @Bean
    ReviewController accessReview(
            RawEvents events, EventSelector selector, AccessReader reader, AuditAccess access, JsonMapper json) {
        return new ReviewController(new AccessReview(events, selector, reader), access, json);
    }
}
