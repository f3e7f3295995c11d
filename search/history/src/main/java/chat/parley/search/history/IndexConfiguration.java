package chat.parley.search.history;

import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.TextProtection;
import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.RebuildTarget;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.sharing.SharingConfiguration;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.IndexDefinition;
import chat.parley.search.history.document.IndexFamily;
import chat.parley.search.history.engine.EngineInitializer;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.index.IndexProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the index: its rebuilds, and with the role {@link Role#SEARCH} its processors. Does nothing if search is disabled.
 */
@Configuration(proxyBeanMethods = false)
@Import(SharingConfiguration.class)
@EnableConfigurationProperties(IndexProperties.class)
class IndexConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    SearchIndex searchIndex(
            SearchEngine engine,
            EventStore events,
            EntryLookup entries,
            TextProtection protection,
            Serializer serializer,
            DataSource vault,
            MeterRegistry meters,
            IndexProperties properties,
            SegmentOwners owners,
            ObjectProvider<ErasureProgress> erasures,
            ReadModelOwner owner,
            Roles roles,
            Clock clock) {
        return new SearchIndex(
                IndexFamily.PARLEY,
                IndexDefinition.current(),
                engine,
                events,
                entries,
                protection,
                serializer,
                vault,
                meters,
                properties,
                owners,
                user -> erasures.getObject().done(user, Store.SEARCH_INDEX),
                owner,
                roles.has(Role.SEARCH),
                clock);
    }

    /** The generations run only if search is enabled. */
    @Bean
    @ConditionalOnProperty(name = "parley.search.enabled", matchIfMissing = true)
    GenerationSupervisor<Generation> searchGenerations(SearchIndex index) {
        return index.generations();
    }

    @Bean
    ServedIndex servedIndex(SearchIndex index) {
        return index.served();
    }

    @Bean
    EngineInitializer searchIndexInitializer(SearchIndex index) {
        return index.storage();
    }

    @Bean
    RebuildTarget searchRebuild(SearchIndex index) {
        return index.rebuilds();
    }
}
