package chat.parley.audit.export;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.OpenLogins;
import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditProperties;
import chat.parley.audit.document.DocumentWriter;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.EventProofs;
import chat.parley.eventprocessing.processor.VaultProcess;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.limit.RateLimiter;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures exports; only where the log is, whose proofs they have. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventProofs.class)
@EnableConfigurationProperties(ExportLimits.class)
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
        DocumentWriter documents =
                new DocumentWriter(store, new QueryClient(queries, properties.queryTimeout()), protection);
        return new EventArchiver(selector, proofs, documents, directory);
    }

    @Bean
    ArchiveRequests archiveRequests(QueryGateway queries, AuditProperties properties, JsonMapper json) {
        return new ArchiveRequests(new QueryClient(queries, properties.queryTimeout()), json);
    }

    @Bean
    ExportController auditExport(
            RawEvents events, AuditAccess access, EventArchiver archiver, ArchiveRequests requests) {
        return new ExportController(events, access, archiver, requests);
    }

    @Bean
    Exports exports(
            RawEvents events,
            EventArchiver archiver,
            ArchiveRequests requests,
            ExportDirectory directory,
            @Value("${parley.data-dir:./parley-data}") Path dataDir,
            Clock clock,
            ExportLimits limits) {
        KeptExports kept = new KeptExports(dataDir.resolve("kept-exports"));
        return new Exports(events, archiver, requests, directory, kept, clock, limits);
    }

    @Bean
    ExportsController auditExports(RawEvents events, AuditAccess access, ArchiveRequests requests, Exports exports) {
        return new ExportsController(events, access, requests, exports);
    }

    /** Kept archives with documents have plain texts, which leave with the keys. */
    @Bean
    @DependsOnDatabaseInitialization
    VaultProcess exportErasure(
            Exports exports,
            ObjectProvider<ErasureProgress> erasures,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            DataSource vault,
            Serializer serializer) {
        return new VaultProcess(
                "export-erasure",
                Set.<Class<?>>of(AccountErased.class, TextsExpired.class)::contains,
                event -> {
                    switch (event.payload()) {
                        case AccountErased erased -> {
                            exports.erased(event.index(), erased.user());
                            erasures.getObject().done(erased.user(), Store.EXPORTS);
                        }
                        case TextsExpired expired -> exports.expired(event.index(), expired.conversation());
                        default ->
                            throw new IllegalArgumentException("No export is withdrawn after "
                                    + event.payload().getClass());
                    }
                },
                events,
                vault,
                serializer);
    }

    @Bean
    OwnDataController ownData(
            RawEvents events,
            EventSelector selector,
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
                selector,
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
}
