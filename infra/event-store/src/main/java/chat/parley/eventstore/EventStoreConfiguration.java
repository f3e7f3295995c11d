package chat.parley.eventstore;

import chat.parley.api.port.EntryAt;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import chat.parley.eventstore.feed.AxonServerEvents;
import chat.parley.eventstore.feed.CachedEntryAt;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.CommitMeters;
import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.WriterConnections;
import chat.parley.eventstore.serialization.EventSerialization;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.eventstore.serialization.MessageEdited1To2;
import chat.parley.eventstore.serialization.PreferencesChanged1To2;
import chat.parley.eventstore.serialization.SettingsChanged1To2;
import chat.parley.vault.HmacKeyedHash;
import chat.parley.vault.RandomValues;
import chat.parley.vault.StoredSecrets;
import chat.parley.vault.VaultTables;
import chat.parley.vault.VaultTextProtection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * Stored events and what protects the text in them. {@code parley.engines} says which event store: {@code embedded}
 * (default) is PostgreSQL with group commit, {@code server} is Axon Server with Axon's own auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStoreProperties.class)
public class EventStoreConfiguration {
    private static final String ENGINES = "parley.engines";

    private static final int EPOCH_BYTES = 9;

    @Bean
    Jackson3SerializerCustomizer eventSerialization() {
        return new EventSerialization();
    }

    /** In the place of the one that Axon's auto-configuration would make. */
    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new EventSerializer();
    }

    /** What makes events of before events of today; of one type, the oldest step first. */
    @Bean
    EventUpcasterChain eventUpcasterChain() {
        return new EventUpcasterChain(new MessageEdited1To2(), new PreferencesChanged1To2(), new SettingsChanged1To2());
    }

    /** One for each type of aggregate that asks: entries go by aggregate id, which may be the same for two types. */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    Cache aggregateCache(EventStoreProperties properties) {
        return new CaffeineAggregateCache(properties.cachedAggregates());
    }

    @Bean
    @DependsOnDatabaseInitialization
    VaultTables vaultTables(DataSource dataSource) {
        return new VaultTables(dataSource);
    }

    @Bean
    VaultSecrets vaultSecrets(VaultTables tables) {
        return new StoredSecrets(tables);
    }

    @Bean
    KeyedHash keyedHash(VaultSecrets secrets) {
        return new HmacKeyedHash(secrets);
    }

    @Bean
    TextProtection textProtection(VaultTables tables, EventStoreProperties properties) {
        return new VaultTextProtection(tables, properties.cachedTextKeys(), properties.textKeysExpireAfter());
    }

    @Bean
    Epoch epoch(VaultTables tables) {
        return new Epoch(tables.epoch(() -> RandomValues.text(EPOCH_BYTES)));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "embedded", matchIfMissing = true)
    static class Embedded {
        /** Under the name that Axon's auto-configuration has for it, which then makes none of its own. */
        @Bean(name = "eventBus", destroyMethod = "close")
        @Qualifier("eventStore")
        @DependsOnDatabaseInitialization
        PostgresEventStore eventStore(
                DataSource dataSource,
                JdbcConnectionDetails connection,
                Serializer snapshots,
                @Qualifier("eventSerializer") Serializer events,
                EventUpcasterChain upcasters,
                ObjectProvider<org.axonframework.config.Configuration> axon,
                ObjectProvider<MeterRegistry> meters,
                EventStoreProperties properties) {
            WriterConnections connections = WriterConnections.to(
                    connection.getJdbcUrl(),
                    connection.getUsername(),
                    connection.getPassword(),
                    properties.commitTimeout());
            // Asked late: Axon's configuration knows its snapshot filters only once the aggregates are registered.
            EventEncoding encoding = new EventEncoding(
                    events,
                    snapshots,
                    snapshot -> axon.getObject().snapshotFilter().allow(snapshot),
                    upcasters);
            return PostgresEventStore.open(
                    dataSource,
                    connections,
                    encoding,
                    properties,
                    new CommitMeters(meters.getIfAvailable(SimpleMeterRegistry::new)));
        }

        @Bean
        EventFeed eventFeed(EventStore events) {
            return StreamEventFeed.ofEmbedded(events);
        }

        @Bean
        EntryAt entryAt(PostgresEventStore events, EventStoreProperties properties) {
            return new CachedEntryAt(events::find, properties.cachedEntries());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "server")
    static class Server {
        @Bean
        EventFeed eventFeed(EventStore events, @Qualifier("eventSerializer") Serializer serializer) {
            return StreamEventFeed.ofAxonServer(events, serializer);
        }

        @Bean
        EntryAt entryAt(
                AxonServerConnectionManager connections,
                @Qualifier("eventSerializer") Serializer serializer,
                EventUpcasterChain upcasters,
                EventStoreProperties properties) {
            return new CachedEntryAt(
                    new AxonServerEvents(connections, serializer, upcasters), properties.cachedEntries());
        }
    }
}
