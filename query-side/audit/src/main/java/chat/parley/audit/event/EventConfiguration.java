package chat.parley.audit.event;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.log.SaltShredder;
import chat.parley.eventprocessing.processor.VaultProcess;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the event history. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {
    @Bean
    EventController auditEvents(RawEvents events, AuditAccess access, Epoch epoch, JsonMapper json) {
        return new EventController(events, new EventSelector(events, json), access, new CloudEventWriter(epoch));
    }

    @Bean
    @ConditionalOnBean(SaltShredder.class)
    VaultProcess entryErasure(
            RawEvents raw,
            SaltShredder salts,
            JsonMapper json,
            ObjectProvider<ErasureProgress> erasures,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        EntryShredder shredder = new EntryShredder(new EventSelector(raw, json), salts, json, erasures::getObject);
        return new VaultProcess("log-erasure", EntryShredder.SELECTION, shredder::handle, events, vault, serializer);
    }
}
