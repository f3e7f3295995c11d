package chat.parley.audit.event;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the event history. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {
    @Bean
    EventController auditEvents(RawEvents events, AuditAccess access, Epoch epoch, JsonMapper json) {
        return new EventController(events, access, new CloudEventWriter(epoch), json);
    }
}
