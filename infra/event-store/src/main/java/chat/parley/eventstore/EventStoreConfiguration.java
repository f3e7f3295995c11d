package chat.parley.eventstore;

import chat.parley.api.port.AggregateEvents;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.RawEvents;
import chat.parley.eventstore.feed.AxonServerEvents;
import chat.parley.eventstore.feed.CachedEntryLookup;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.eventstore.postgres.CommitMeters;
import chat.parley.eventstore.postgres.EventReader;
import chat.parley.eventstore.postgres.PostgresEventStorageEngine.EventEncoding;
import chat.parley.eventstore.postgres.PostgresEventStore;
import chat.parley.eventstore.postgres.WriterConnections;
import chat.parley.eventstore.raw.AxonServerRawEvents;
import chat.parley.eventstore.raw.PostgresRawEvents;
import chat.parley.eventstore.serialization.EventSerialization;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.eventstore.serialization.HistorySearched1To2;
import chat.parley.eventstore.serialization.MessageEdited1To2;
import chat.parley.eventstore.serialization.PreferencesChanged1To2;
import chat.parley.eventstore.serialization.RoleGranted1To2;
import chat.parley.eventstore.serialization.RoleRevoked1To2;
import chat.parley.eventstore.serialization.SettingsChanged1To2;
import chat.parley.vault.VaultConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
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
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/**
 * Configures the event store and the vault. {@code parley.engines} selects the store: {@code
 * embedded} (default) is PostgreSQL with group commit, {@code server} is Axon Server with Axon's auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@Import(VaultConfiguration.class)
@EnableConfigurationProperties(EventStoreProperties.class)
public class EventStoreConfiguration {
    private static final String ENGINES = "parley.engines";

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
    AggregateEvents aggregateEvents(EventStore events) {
        return aggregate -> events.readEvents(aggregate, 0).asStream().map(Message::getPayload);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENGINES, havingValue = "embedded", matchIfMissing = true)
    static class Embedded {
        /** The bean name of Axon's auto-configuration, which then creates none of its own. */
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
            // Resolved on use: Axon knows its snapshot filters only after the aggregates are registered.
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
        EntryLookup entryLookup(PostgresEventStore events, EventStoreProperties properties) {
            return new CachedEntryLookup(events::find, properties.cachedEntries());
        }

        @Bean
        RawEvents rawEvents(DataSource dataSource, EventFeed feed, EventStoreProperties properties) {
            EventReader reader = new EventReader(
                    dataSource, properties.readEvents(), properties.read().toBytes());
            return new PostgresRawEvents(reader, feed::head);
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
