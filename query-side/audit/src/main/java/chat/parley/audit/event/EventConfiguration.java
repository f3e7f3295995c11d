package chat.parley.audit.event;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.follow.FollowedEvents;
import chat.parley.audit.log.SaltShredder;
import chat.parley.eventprocessing.processor.VaultProcess;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the event history. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    EventBlocks eventBlocks(DataSource vault) {
        return new EventBlocks(vault);
    }

    @Bean
    BlockIndexer blockIndexer(@Qualifier("followedEvents") FollowedEvents events, EventBlocks blocks, JsonMapper json) {
        return new BlockIndexer(events, blocks, new EventNames(json));
    }

    @Bean
    EventSelector eventSelector(RawEvents events, EventBlocks blocks, JsonMapper json) {
        return new EventSelector(events, blocks, json);
    }

    @Bean
    EventController auditEvents(RawEvents events, EventSelector selector, AuditAccess access, Epoch epoch) {
        return new EventController(events, selector, access, new CloudEventWriter(epoch));
    }

    @Bean
    @ConditionalOnBean(SaltShredder.class)
    VaultProcess entryErasure(
            EventSelector selector,
            SaltShredder salts,
            JsonMapper json,
            ObjectProvider<ErasureProgress> erasures,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        EntryShredder shredder = new EntryShredder(selector, salts, json, erasures::getObject);
        // A log that continues another one has new salts, so everything is shredded again.
        String name = "log-erasure " + salts.origin();
        return new VaultProcess(name, EntryShredder.SELECTION, shredder::handle, events, vault, serializer);
    }
}
