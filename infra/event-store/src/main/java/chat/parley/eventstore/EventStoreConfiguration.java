package chat.parley.eventstore;

import chat.parley.api.port.AggregateEvents;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.RawEvents;
import chat.parley.eventstore.PostgresConfiguration.PostgresWriters;
import chat.parley.eventstore.feed.AxonServerEvents;
import chat.parley.eventstore.feed.CachedEntryLookup;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.CommitMeters;
import chat.parley.eventstore.postgres.EventStoreProperties;
import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.raw.AxonServerRawEvents;
import chat.parley.eventstore.serialization.EventSerialization;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.eventstore.serialization.HistorySearched1To2;
import chat.parley.eventstore.serialization.MessageEdited1To2;
import chat.parley.eventstore.serialization.PreferencesChanged1To2;
import chat.parley.eventstore.serialization.RoleGranted1To2;
import chat.parley.eventstore.serialization.RoleRevoked1To2;
import chat.parley.eventstore.serialization.SettingsChanged1To2;
import chat.parley.vault.VaultConfiguration;
import chat.parley.vault.VaultTables;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/**
 * Configures the event store and the vault. With {@code parley.engines=embedded} (default) the store is a PostgreSQL of
 * this process alone. With {@code server}, {@code parley.event-store.engine} selects it: {@code axon-server} (default),
 * with Axon's auto-configuration, or {@code postgres}, the vault's database, which all nodes share.
 */
@Configuration(proxyBeanMethods = false)
@Import(VaultConfiguration.class)
@EnableConfigurationProperties(EventStoreProperties.class)
public class EventStoreConfiguration {
    private static final String ENGINES = "parley.engines";
    private static final String ENGINE = "parley.event-store.engine";

    @Bean
    Jackson3SerializerCustomizer eventSerialization() {
        return new EventSerialization();
    }

    /** Replaces the bean of Axon's auto-configuration. */
    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new EventSerializer();
    }

    /** Upcasters of one event type are ordered from the oldest revision to the newest. */
    @Bean
    EventUpcasterChain eventUpcasterChain() {
        return new EventUpcasterChain(
                new HistorySearched1To2(),
                new MessageEdited1To2(),
                new PreferencesChanged1To2(),
                new RoleGranted1To2(),
                new RoleRevoked1To2(),
                new SettingsChanged1To2());
    }

    /** One cache per aggregate type, because ids of different types may be equal and the id is the key. */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    Cache aggregateCache(EventStoreProperties properties) {
        return new CaffeineAggregateCache(properties.cachedAggregates());
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventStoreOwnership eventStoreOwnership(EventFeed feed, RawEvents events, VaultTables vault) {
        return new EventStoreOwnership(feed, events, vault);
    }

    @Bean
    AggregateEvents aggregateEvents(EventStore events) {
        return aggregate -> events.readEvents(aggregate, 0).asStream().map(Message::getPayload);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "embedded", matchIfMissing = true)
    @Import(PostgresConfiguration.class)
    static class Embedded {
        /** The bean name of Axon's auto-configuration, which then creates none of its own. */
        @Bean(name = "eventBus", destroyMethod = "close")
        @Qualifier("eventStore")
        @DependsOnDatabaseInitialization
        PostgresEventStore eventStore(
                DataSource dataSource,
                PostgresWriters writers,
                EventEncoding encoding,
                CommitMeters meters,
                EventStoreProperties properties) {
            return PostgresEventStore.open(
                    dataSource, writers.named("parley-event-writer"), encoding, properties, meters);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "server")
    @ConditionalOnProperty(name = ENGINE, havingValue = "postgres")
    @Import(PostgresConfiguration.class)
    static class SharedPostgres {
        @Bean(name = "eventBus", destroyMethod = "close")
        @Qualifier("eventStore")
        @DependsOnDatabaseInitialization
        PostgresEventStore eventStore(
                DataSource dataSource,
                PostgresWriters writers,
                EventEncoding encoding,
                CommitMeters meters,
                EventStoreProperties properties) {
            return PostgresEventStore.openShared(
                    dataSource,
                    writers.named("parley-event-writer"),
                    writers.named("parley-event-listener"),
                    encoding,
                    properties,
                    meters);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "server")
    @ConditionalOnProperty(name = ENGINE, havingValue = "axon-server", matchIfMissing = true)
    static class Server {
        @Bean
        EventFeed eventFeed(EventStore events, @Qualifier("eventSerializer") Serializer serializer) {
            return StreamEventFeed.ofAxonServer(events, serializer);
        }

        @Bean
        EntryLookup entryLookup(
                AxonServerConnectionManager connections,
                @Qualifier("eventSerializer") Serializer serializer,
                EventUpcasterChain upcasters,
                EventStoreProperties properties) {
            return new CachedEntryLookup(
                    new AxonServerEvents(connections, serializer, upcasters), properties.cachedEntries());
        }

        @Bean
        RawEvents rawEvents(AxonServerConnectionManager connections) {
            return new AxonServerRawEvents(connections);
        }
    }
}
