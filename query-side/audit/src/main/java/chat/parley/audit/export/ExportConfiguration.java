package chat.parley.audit.export;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.AuditProperties;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentWriter;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.EventProofs;
import chat.parley.audit.transcript.Transcripts;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures exports; only where the log is, whose proofs they have. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventProofs.class)
public class ExportConfiguration {
    @Bean
    ExportDirectory exportDirectory(@Value("${parley.data-dir:./parley-data}") Path dataDir) {
        return new ExportDirectory(dataDir.resolve("exports"));
    }

    @Bean
    EventArchiver eventArchiver(
            RawEvents events,
            EventStore store,
            EventProofs proofs,
            TextProtection protection,
            QueryGateway queries,
            AuditProperties properties,
            ExportDirectory directory,
            JsonMapper json) {
        DocumentWriter documents = new DocumentWriter(
                new Transcripts(store, new EntryRenderer(protection)),
                new QueryClient(queries, properties.queryTimeout()),
                new SealedTextReader(protection));
        return new EventArchiver(new EventSelector(events, json), proofs, documents, directory);
    }

    @Bean
    ExportController auditExport(RawEvents events, AuditAccess access, EventArchiver archiver) {
        return new ExportController(events, access, archiver);
    }
}
