package chat.parley.audit.export;

import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.OpenLogins;
import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.AuditProperties;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.document.DocumentWriter;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.EventProofs;
import chat.parley.audit.transcript.Transcripts;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.limit.RateLimiter;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Configures exports; only where the log is, whose proofs they have. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventProofs.class)
@EnableConfigurationProperties(ExportJobProperties.class)
public class ExportConfiguration {
    @Bean
    ExportDirectory exportDirectory(@Value("${parley.data-dir:./parley-data}") Path dataDir) {
        return new ExportDirectory(dataDir.resolve("exports"));
    }

    @Bean
    EventArchiver eventArchiver(
            EventSelector selector,
            EventStore store,
            EventProofs proofs,
            TextProtection protection,
            QueryGateway queries,
            AuditProperties properties,
            ExportDirectory directory) {
        DocumentWriter documents = new DocumentWriter(
                new Transcripts(store, new EntryRenderer(protection)),
                new QueryClient(queries, properties.queryTimeout()),
                new SealedTextReader(protection));
        return new EventArchiver(selector, proofs, documents, directory);
    }

    @Bean
    ExportController auditExport(
            RawEvents events,
            AuditAccess access,
            EventArchiver archiver,
            QueryGateway queries,
            AuditProperties properties,
            JsonMapper json) {
        return new ExportController(
                events, access, archiver, new QueryClient(queries, properties.queryTimeout()), json);
    }

    @Bean
    OwnDataController ownData(
            RawEvents events,
            EventProofs proofs,
            @Qualifier("eventSerializer") Serializer serializer,
            EventUpcasterChain upcasters,
            TextProtection protection,
            QueryGateway queries,
            AuditProperties properties,
            OpenLogins logins,
            ObjectProvider<PersonalRecords> records,
            ExportDirectory directory,
            RateLimiter limiter,
            JsonMapper json) {
        List<PersonalRecords> sections = Stream.concat(
                        Stream.of(PersonalRecords.named("sessions", logins::of)), records.orderedStream())
                .toList();
        OwnDataArchiver archiver = new OwnDataArchiver(
                events,
                proofs,
                new EventDecoder(serializer, upcasters),
                new QueryClient(queries, properties.queryTimeout()),
                new SealedTextReader(protection),
                new EntryRenderer(protection),
                sections,
                directory,
                json);
        return new OwnDataController(archiver, limiter);
    }

    /** Only with a directory to write to. */
    @Bean
    @ConditionalOnProperty("parley.audit.exports.directory")
    @DependsOnDatabaseInitialization
    ExportJobSchedule exportJob(
            DataSource vault,
            PlatformTransactionManager transactions,
            RawEvents events,
            EventArchiver archiver,
            AuditAccess access,
            Clock clock,
            ExportJobProperties properties,
            MeterRegistry meters) {
        ExportJob job = new ExportJob(
                vault,
                new TransactionTemplate(transactions),
                events,
                archiver,
                (what, reason) -> access.recordOfSystem(AuditAction.EXPORT, what, reason),
                clock,
                properties,
                Objects.requireNonNull(properties.directory()));
        return new ExportJobSchedule(job, meters);
    }
}
